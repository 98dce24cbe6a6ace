import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { openPromise } from "yauzl";

/**
 * The SHA-256 of one file in a zip archive, in hexadecimal digits.
 * @throws Error if the archive is damaged or has no such entry
 */
export async function hashInZip(archive: string, entryName: string): Promise<string> {
  const hash = createHash("sha256");
  await readEntry(archive, entryName, (stream) => pipeline(stream, hash));
  return hash.digest("hex");
}

/**
 * Extracts one file from a zip archive and makes it executable.
 * @throws Error if the archive is damaged or has no such entry
 */
export async function unzipProgram(archive: string, entryName: string, target: string): Promise<void> {
  await readEntry(archive, entryName, (stream) =>
    pipeline(stream, createWriteStream(target, { mode: 0o755 })),
  );
}

async function readEntry(
  archive: string,
  entryName: string,
  use: (stream: Readable) => Promise<void>,
): Promise<void> {
  const zip = await openPromise(archive, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== entryName) continue;
      await use(await zip.openReadStreamPromise(entry));
      return;
    }
  } finally {
    zip.close();
  }
  throw new Error(`${archive} does not contain ${entryName}`);
}
