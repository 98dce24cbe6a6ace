import { closeSync, openSync, readSync } from "node:fs";

/** The first four bytes of a file, which identify its format; empty if it cannot be read. */
export function firstBytes(file: string): Uint8Array {
  const bytes = Buffer.alloc(4);
  try {
    const opened = openSync(file, "r");
    try {
      return bytes.subarray(0, readSync(opened, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(opened);
    }
  } catch {
    // The caller reads the whole file and reports the error.
    return Buffer.alloc(0);
  }
}
