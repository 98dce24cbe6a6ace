import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { repeated } from "./brief";
import { cpuTimeOf } from "./cpu-time";
import { generateAccess } from "./generate-access";
import { median } from "./statistics";
import { generateTrail } from "./trail/generate-trail";

/** Compressed bytes that are read: more than the threads and their buffers need by themselves. */
export const TRAIL_BYTES = 5_000_000;

export interface TrailTime {
  /** Compressed bytes of the logs, and what was read of them. */
  readonly logs: {
    readonly compressed: number;
    readonly json: number;
    readonly records: number;
    readonly files: number;
  };
  /**
   * The CPU time of `usage`, compared with that of `gzip -dc | wc -c` on the same files. Median.
   */
  readonly ratio: number;
  /** Its CPU time. Median. */
  readonly cpuMs: number;
  /** From its start to its end. Median: a busy machine changes it most. */
  readonly wallMs: number;
  /** Peak memory of the process. The largest. */
  readonly peakBytes: number;
  /** Compressed bytes for each second of CPU time. Median. */
  readonly bytesPerSecond: number;
}

const PEAK_FILE = "peak.txt";
const PEAK = `process.on('exit',()=>require('fs').writeFileSync('${PEAK_FILE}',String(process.resourceUsage().maxRSS)))`;

/**
 * Measures `usage` on generated trail logs.
 * @param runs 1 or more
 * @param bytes compressed
 * @throws ProjectError `bench-run-failed`
 */
export async function measureTrail(
  runs: number,
  freshFolder: () => string,
  bytes = repeated(TRAIL_BYTES),
): Promise<TrailTime> {
  const folder = freshFolder();
  const logs = generateTrail(path.join(folder, "logs"), bytes, {
    account: "123456789012",
    organization: "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11",
    project: "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03",
    people: ["0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01", "91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02"],
    roles: ["website-deploy", "website-preview"],
  });
  writeFileSync(path.join(folder, "access.yaml"), generateAccess(10));
  writeFileSync(path.join(folder, "peak.cjs"), PEAK);
  const usage = {
    command: process.execPath,
    args: [
      "-r",
      "./peak.cjs",
      path.join(repositoryRoot, "setup", "run.mjs"),
      "cli/oidc.ts",
      "usage",
      "--events",
      "logs",
    ],
    cwd: folder,
    env: { OIDC_ACCESS_FILE: path.join(folder, "access.yaml") },
  };
  const gzip = {
    command: "sh",
    args: ["-c", "find logs -name '*.gz' -exec gzip -dc {} + | wc -c"],
    cwd: folder,
    env: {},
  };
  const turns: {
    readonly ours: number;
    readonly theirs: number;
    readonly wall: number;
    readonly peak: number;
  }[] = [];
  for (let run = 0; run < runs; run += 1) {
    const before = performance.now();
    const ours = await cpuTimeOf(usage);
    const wall = performance.now() - before;
    const peak = Number(readFileSync(path.join(folder, PEAK_FILE), "utf8")) * 1_024;
    turns.push({ ours, wall, peak, theirs: await cpuTimeOf(gzip) });
  }
  return {
    logs,
    ratio: median(turns.map(({ ours, theirs }) => ours / theirs)),
    cpuMs: median(turns.map(({ ours }) => ours)),
    wallMs: median(turns.map(({ wall }) => wall)),
    peakBytes: Math.max(...turns.map(({ peak }) => peak)),
    bytesPerSecond: median(turns.map(({ ours }) => logs.compressed / (ours / 1_000))),
  };
}

/** One measurement of more logs, for people. */
export function describeTrail({ logs, cpuMs, wallMs, peakBytes, ratio }: TrailTime): string {
  const mb = (value: number): string => `${Math.round(value / 1_000_000).toLocaleString("en")} MB`;
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
  return [
    `usage of ${mb(logs.compressed)} of trail logs (${mb(logs.json)} of JSON, ${logs.records.toLocaleString("en")} records, ${logs.files.toLocaleString("en")} files):`,
    `  CPU time      ${seconds(cpuMs)}, ${ratio.toFixed(2)} times that of gzip -dc | wc -c`,
    `  time          ${seconds(wallMs)}, with what else runs on this machine`,
    `  peak memory   ${mb(peakBytes)}`,
  ].join("\n");
}
