import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from "node:fs";
import { notWritten } from "../../project/write-whole";

/** The files that reviews write into a folder of plans. */
const OURS =
  /^([\w.-]+\.plan|[\w.-]+\.lock\.hcl|reviewed\.json|times\.json|shard-\d+-of-\d+\.json)(\.\d+\.tmp)?$/;

/**
 * A folder that only its owner can read: plans hold every value of a state, including secrets. A
 * folder that also holds other files keeps its mode, since others may have to read those; the files
 * of reviews are private in any case.
 * @throws ProjectError `not-written`
 */
export function makePrivateFolder(folder: string): void {
  try {
    const isNew = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
    const isOpen = (statSync(folder).mode & 0o077) !== 0;
    if (isOpen && (isNew || readdirSync(folder).every((name) => OURS.test(name)))) chmodSync(folder, 0o700);
  } catch (cause) {
    throw notWritten(folder, cause);
  }
}

/**
 * An empty file that only its owner can read, for a program that would create a readable one. An
 * existing file is replaced.
 * @throws ProjectError `not-written`
 */
export function makePrivateFile(file: string): void {
  try {
    rmSync(file, { force: true });
    closeSync(openSync(file, "wx", 0o600));
  } catch (cause) {
    throw notWritten(file, cause);
  }
}
