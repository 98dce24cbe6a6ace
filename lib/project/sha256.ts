import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** The SHA-256 hash as 64 hex digits. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** The SHA-256 hash of a file; undefined: the file does not exist. */
export function sha256OfFile(file: string): string | undefined {
  try {
    return sha256(readFileSync(file));
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT")
      return undefined;
    throw error;
  }
}
