import { isAscii } from "node:buffer";
import { readFileSync } from "node:fs";
import { type ErrorCode, ProjectError } from "../errors";

/** Far more than any policy, token or answer of `aws iam get-role`. */
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
 * The same for a file that is going to be written again: a byte order mark at its beginning stays
 * in the text.
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
      `at most ${maxBytes} are read`,
    );
  }
  // Nearly every plan, and several times faster where it is tens of megabytes.
  if (isAscii(bytes)) return bytes.toString("latin1");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: keepsMark }).decode(bytes);
  } catch (cause) {
    throw refusal("input-not-utf8", `${nameOf(file)} is not UTF-8 text`, "save it as UTF-8", cause);
  }
}

/** For messages. */
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
          `there is no file ${file}`,
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

function refusal(code: ErrorCode, message: string, fix: string, cause?: unknown): ProjectError {
  return new ProjectError({ code, message, fix, exitCode: 2, ...(cause === undefined ? {} : { cause }) });
}
