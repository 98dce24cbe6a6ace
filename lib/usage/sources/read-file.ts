import { createReadStream, readFileSync, statSync } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip, gunzipSync } from "node:zlib";
import { firstBytes } from "../../project/first-bytes";
import { isAthenaResult, readAthenaResult } from "../athena/read-result";
import type { Observed } from "../trail/observed";
import { ExactReader, HoldsOther, type OtherContent } from "../trail/read-exactly";
import { NoRecord, type Wanted } from "../trail/read-record";
import { NotAsWritten, Scanner } from "../trail/scan";
import { NotEvents } from "../trail/split-json";
import { Tally } from "../trail/tally";

/** A log file: on disk, or as bytes that were downloaded. */
export interface LogFile {
  /** For messages. */
  readonly name: string;
  readonly from: { readonly path: string } | { readonly bytes: Uint8Array };
}

/** What one file said; nothing of a file that was not read to its end counts. */
export type FileOutcome =
  | { readonly name: string; readonly bytes: number; readonly outcome: "read"; readonly observed: Observed }
  | {
      readonly name: string;
      readonly bytes: number;
      readonly outcome: "no-events";
      readonly content: OtherContent;
    }
  | { readonly name: string; readonly bytes: number; readonly outcome: "not-read"; readonly reason: string };

/**
 * Files of at most so many bytes are unpacked at once, which is quicker; nearly all of
 * CloudTrail's.
 */
const AT_ONCE = 1024 * 1024;
/** Unpacked: more than this is read as a stream. */
const MAX_AT_ONCE = 48 * 1024 * 1024;
/** A part that stays in the cache of a core while it is read several times. */
const CHUNK = 64 * 1024;

interface Reader {
  push(bytes: Buffer): void;
  end(): void;
}

/** Reads one file. Never throws: what is wrong with the file is its outcome. */
export async function readLogFile(file: LogFile, wanted: Wanted): Promise<FileOutcome> {
  const { name } = file;
  let bytes = 0;
  try {
    bytes = "bytes" in file.from ? file.from.bytes.length : statSync(file.from.path).size;
    if (bytes === 0) return { name, bytes, outcome: "not-read", reason: "the file is empty" };
    if ("path" in file.from && isAthenaResult(file.from.path))
      return { name, bytes, outcome: "read", observed: readAthenaResult(file.from.path) };
    const observed = await observe(file, bytes, wanted);
    return { name, bytes, outcome: "read", observed };
  } catch (error) {
    if (error instanceof HoldsOther) return { name, bytes, outcome: "no-events", content: error.content };
    return { name, bytes, outcome: "not-read", reason: reasonOf(error) };
  }
}

async function observe(file: LogFile, bytes: number, wanted: Wanted): Promise<Observed> {
  try {
    const tally = new Tally();
    await readWith(new Scanner(wanted, tally), file, bytes);
    return tally.result();
  } catch (error) {
    if (!(error instanceof NotAsWritten)) throw error;
    const tally = new Tally();
    await readWith(new ExactReader(wanted, tally), file, bytes);
    return tally.result();
  }
}

async function readWith(reader: Reader, { from }: LogFile, bytes: number): Promise<void> {
  const small =
    bytes <= AT_ONCE ? unpacked("bytes" in from ? from.bytes : readFileSync(from.path)) : undefined;
  if (small === undefined) for await (const chunk of chunksOf(from)) reader.push(chunk);
  else for (let at = 0; at < small.length; at += CHUNK) reader.push(small.subarray(at, at + CHUNK));
  reader.end();
}

/** Undefined: it is too large for that. */
function unpacked(bytes: Uint8Array): Buffer | undefined {
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!isGzip(packed)) return packed;
  try {
    return gunzipSync(packed, { chunkSize: 8 * CHUNK, maxOutputLength: MAX_AT_ONCE });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function chunksOf(from: LogFile["from"]): AsyncIterable<Buffer> {
  if ("bytes" in from) {
    const bytes = Readable.from([from.bytes]);
    return isGzip(from.bytes) ? bytes.pipe(createGunzip({ chunkSize: CHUNK })) : bytes;
  }
  const stream = createReadStream(from.path, { highWaterMark: CHUNK });
  if (!isGzip(firstBytes(from.path))) return stream;
  const unpack = createGunzip({ chunkSize: CHUNK });
  // `pipe` does not pass the error of a disk on.
  stream.on("error", (error) => unpack.destroy(error));
  return stream.pipe(unpack);
}

/** The first bytes of gzip (RFC 1952, 2.3.1). */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function reasonOf(error: unknown): string {
  if (error instanceof NoRecord) return `not CloudTrail's: ${error.message}`;
  if (error instanceof NotEvents) return "not CloudTrail's: not JSON with a list of events";
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (code === "Z_BUF_ERROR") return "the compressed file ends too early";
  if (code === "Z_DATA_ERROR") return "the compressed data is damaged";
  return error instanceof Error ? error.message : String(error);
}
