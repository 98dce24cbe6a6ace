import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { hex, OURS, other, ours, type TrailShape } from "./trail-records";

/** Records of one file; CloudTrail delivers about every five minutes. */
const RECORDS = 2_000;
/** Compressed bytes that are generated; more are copies of them under later times. */
const DISTINCT = 50_000_000;

/** Numbers from a seed, the same in every run (Park and Miller's minimal standard generator). */
function random(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/**
 * Writes trail logs as CloudTrail lays them out, until they have so many bytes compressed. What the
 * records say differs from record to record as in an account, so that they compress as real ones
 * do, by about 1 to 12. After 50 MB the same files follow under later times: generating takes
 * longer than reading.
 * @returns bytes on disk, bytes of JSON and the number of records
 */
export function generateTrail(folder: string, bytes: number, shape: TrailShape) {
  const next = random(7);
  const written = { files: 0, compressed: 0, json: 0, records: 0 };
  const generated: { readonly gz: Buffer; readonly json: number }[] = [];
  let distinct = 0;
  while (written.compressed < bytes) {
    const minute = written.files * 5;
    const day = new Date(Date.UTC(2026, 8, 1, 0, minute));
    const copied = distinct < DISTINCT ? undefined : generated[written.files % generated.length];
    const { gz, json } = copied ?? packed(day, shape, next);
    if (copied === undefined) {
      generated.push({ gz, json });
      distinct += gz.length;
    }
    const [date = "", time = ""] = day.toISOString().split("T");
    const into = path.join(folder, "AWSLogs", shape.account, "CloudTrail", "us-east-1", ...date.split("-"));
    mkdirSync(into, { recursive: true });
    const stamp = `${date.replaceAll("-", "")}T${time.slice(0, 5).replace(":", "")}Z`;
    writeFileSync(
      path.join(into, `${shape.account}_CloudTrail_us-east-1_${stamp}_${hex(next, 16)}.json.gz`),
      gz,
    );
    written.files += 1;
    written.compressed += gz.length;
    written.json += json;
    written.records += RECORDS;
  }
  return written;
}

function packed(day: Date, shape: TrailShape, next: () => number) {
  const records = Array.from({ length: RECORDS }, (_, index) =>
    JSON.stringify(index % OURS === 0 ? ours(day, index, shape, next) : other(day, index, shape, next)),
  );
  const text = `{"Records":[${records.join(",")}]}`;
  return { gz: gzipSync(text), json: text.length };
}
