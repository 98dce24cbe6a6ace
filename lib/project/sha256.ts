import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** 64 hex digits. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Of a file's bytes; undefined: there is no such file. */
export function sha256OfFile(file: string): string | undefined {
  try {
    return sha256(readFileSync(file));
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT")
      return undefined;
    throw error;
  }
}
