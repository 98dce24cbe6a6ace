import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from "node:fs";
import { notWritten } from "../../project/write-whole";

/** What reviews leave in a folder of plans. */
const OURS =
  /^([\w.-]+\.plan|[\w.-]+\.lock\.hcl|reviewed\.json|times\.json|shard-\d+-of-\d+\.json)(\.\d+\.tmp)?$/;

/**
 * A folder that only its owner may look into: plans hold every value of a state, secrets too. One
 * that holds other things besides ours is left as it is, since others may have to read those; our
 * files are closed to others all the same.
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
 * An empty file for a program to write into, which nobody else may read: the program would make one
 * that everybody may. What was there is gone.
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
