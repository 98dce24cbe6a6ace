import { writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../lib/programs/cache";
import { repeated } from "./brief";
import { cpuTimeOf } from "./cpu-time";
import { generateAccess } from "./generate-access";
import { median } from "./statistics";
import { timedRun } from "./timed-run";
import { generateTrail } from "./trail/generate-trail";

/** Compressed bytes that are read: more than the threads and their buffers need by themselves. */
export const TRAIL_BYTES = 5_000_000;

export interface TrailTime {
  /** The CPU time of `usage`, compared with that of `gzip -dc | wc -c` on the same files. Median. */
  readonly ratio: number;
  /** Peak memory of the process. */
  readonly peakBytes: number;
  /** Compressed bytes for each second of CPU time. Median. */
  readonly bytesPerSecond: number;
}

const PEAK = "process.on('exit',()=>process.stderr.write(String(process.resourceUsage().maxRSS)))";
const printed = z.object({ peakKilobytes: z.number().positive() });

/**
 * Measures `usage` on generated trail logs.
 * @param runs 1 or more
 * @throws ProjectError `bench-run-failed`
 */
export async function measureTrail(runs: number, freshFolder: () => string): Promise<TrailTime> {
  const folder = freshFolder();
  const written = generateTrail(path.join(folder, "logs"), repeated(TRAIL_BYTES), {
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
    args: [path.join(repositoryRoot, "setup", "run.mjs"), "cli/oidc.ts", "usage", "--events", "logs"],
    cwd: folder,
    env: { OIDC_ACCESS_FILE: path.join(folder, "access.yaml") },
  };
  const gzip = {
    command: "sh",
    args: ["-c", "find logs -name '*.gz' -exec gzip -dc {} + | wc -c"],
    cwd: folder,
    env: {},
  };
  const turns: { readonly ours: number; readonly theirs: number }[] = [];
  for (let run = 0; run < runs; run += 1)
    turns.push({ ours: await cpuTimeOf(usage), theirs: await cpuTimeOf(gzip) });
  const peak = await timedRun({
    ...usage,
    command: "sh",
    args: [
      "-c",
      'exec "$@" 2>&1 >/dev/null | sed "s/^/{\\"peakKilobytes\\":/; s/$/}/"',
      "sh",
      process.execPath,
      "-r",
      "./peak.cjs",
      ...usage.args,
    ],
  });
  return {
    ratio: median(turns.map(({ ours, theirs }) => ours / theirs)),
    peakBytes: printed.parse(JSON.parse(peak.stdout)).peakKilobytes * 1_024,
    bytesPerSecond: median(turns.map(({ ours }) => written.compressed / (ours / 1_000))),
  };
}
