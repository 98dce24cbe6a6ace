import { closeSync, openSync, readSync } from "node:fs";

/**
 * The first four bytes of a file, by which formats are told apart; none where it cannot be read.
 */
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
    // Whoever reads the whole says why it cannot be read.
    return Buffer.alloc(0);
  }
}
