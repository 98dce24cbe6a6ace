import { isAscii } from "node:buffer";
import { readFileSync } from "node:fs";
import { type ErrorCode, ProjectError } from "../errors";

/** Larger than any policy, token or output of `aws iam get-role`. */
const MAX_BYTES = 10 * 1024 * 1024;

/**
 * The text of a file, or of standard input for `-`.
 * @throws ProjectError `input-missing`, `input-unreadable`, `input-too-large`, `input-not-utf8`
 * (exit 2)
 */
export function readInput(file: string, maxBytes = MAX_BYTES): string {
  return decode(file, maxBytes, false);
}

/**
 * As `readInput`, for a file that will be written again: a byte order mark is kept.
 * @throws ProjectError `input-missing`, `input-unreadable`, `input-too-large`, `input-not-utf8`
 * (exit 2)
 */
export function readToEdit(file: string): string {
  return decode(file, MAX_BYTES, true);
}

function decode(file: string, maxBytes: number, keepsMark: boolean): string {
  const bytes = readBytes(file);
  if (bytes.length > maxBytes) {
    throw refusal(
      "input-too-large",
      `${nameOf(file)} has ${bytes.length} bytes`,
      `the limit is ${maxBytes} bytes`,
    );
  }
  // Nearly every plan is ASCII, and this is several times faster for large ones.
  if (isAscii(bytes)) return bytes.toString("latin1");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: keepsMark }).decode(bytes);
  } catch (cause) {
    throw refusal("input-not-utf8", `${nameOf(file)} is not UTF-8 text`, "save it as UTF-8", cause);
  }
}

/** The name of an input in messages. */
export function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file === "-" ? 0 : file);
  } catch (cause) {
    const isMissing =
      typeof cause === "object" && cause !== null && "code" in cause && cause.code === "ENOENT";
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw isMissing
      ? refusal(
          "input-missing",
          `${file} does not exist`,
          "check the path, or use - for standard input",
          cause,
        )
      : refusal(
          "input-unreadable",
          `${nameOf(file)} cannot be read: ${reason}`,
          "check path and permissions",
          cause,
        );
  }
}

/** An input that is not read (exit 2). */
export function refusal(code: ErrorCode, message: string, fix: string, cause?: unknown): ProjectError {
  return new ProjectError({ code, message, fix, exitCode: 2, ...(cause === undefined ? {} : { cause }) });
}
