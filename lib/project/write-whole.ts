import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ProjectError } from "../errors";

/**
 * Writes a file atomically: if the process is killed, the old file remains.
 * @param mode file mode, limited by the umask
 * @throws ProjectError `not-written` (exit 1)
 */
export function writeWhole(file: string, text: string | Uint8Array, mode = 0o666): void {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    rmSync(beside, { force: true });
    writeFileSync(beside, text, { mode });
    renameSync(beside, file);
  } catch (cause) {
    rmSync(beside, { force: true });
    throw notWritten(file, cause);
  }
}

/**
 * Checks in advance whether `writeWhole` can write the file.
 * @throws ProjectError `not-written` (exit 1)
 */
export function requireWritable(file: string): void {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw new Error("it is a folder");
    writeFileSync(beside, "");
    rmSync(beside);
  } catch (cause) {
    throw notWritten(file, cause);
  }
}

/**
 * Creates the folder that a file is to be in, and those above it.
 * @throws ProjectError `not-written` (exit 1), also if a file has the name of one of them
 */
export function createFolderOf(file: string): void {
  try {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  } catch (cause) {
    throw notWritten(file, cause);
  }
}

/** The error for a file that cannot be written. */
export function notWritten(file: string, cause: unknown): ProjectError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ProjectError({
    code: "not-written",
    message: `${file} cannot be written: ${reason}`,
    fix: "check path and permissions",
    cause,
  });
}
