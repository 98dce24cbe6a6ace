import { writeFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { generateAccess } from "./generate-access";
import { median } from "./statistics";
import { type Mark, type Step, type StepMarks, stepMarks } from "./step-marks";
import { appOf, timedRun } from "./timed-run";

interface SizeRun {
  readonly marks: StepMarks;
  /** Duration of main.ts from start to end, in milliseconds. */
  readonly wholeMs: number;
}

/** Medians of all runs of one size. */
export interface SizeResult {
  /** Number of projects. */
  readonly size: number;
  readonly steps: Readonly<Record<Step, Mark>>;
  readonly wholeMs: number;
  /** Peak memory of the process. */
  readonly peakBytes: number;
  readonly runs: readonly SizeRun[];
}

/**
 * Measures each size `runs` times, each run in new processes. Sizes alternate, so that a busy
 * moment does not affect one size only. A first run of the smallest size is not counted.
 * @param sizes numbers of projects, in ascending order
 * @throws ProjectError `bench-run-failed`
 */
export async function measureSizes(
  sizes: readonly number[],
  runs: number,
  freshFolder: () => string,
): Promise<readonly SizeResult[]> {
  const files = new Map(sizes.map((size) => [size, writeAccess(size, freshFolder())]));
  const collected = new Map(sizes.map((size): [number, SizeRun[]] => [size, []]));
  for (const file of [...files.values()].slice(0, 1)) await measureOnce(file, freshFolder);
  for (let run = 0; run < runs; run += 1) {
    for (const [size, file] of files) collected.get(size)?.push(await measureOnce(file, freshFolder));
  }
  return [...collected].map(([size, ofSize]) => summarize(size, ofSize));
}

function writeAccess(size: number, folder: string): string {
  const file = path.join(folder, "access.yaml");
  writeFileSync(file, generateAccess(size));
  return file;
}

async function measureOnce(accessFile: string, freshFolder: () => string): Promise<SizeRun> {
  const main = appOf(repositoryRoot, { OIDC_ACCESS_FILE: accessFile, CDKTF_OUTDIR: freshFolder() });
  const { wallMs } = await timedRun(main);
  const { stdout } = await timedRun({
    command: process.execPath,
    args: ["--import", "tsx", path.join("dev", "bench", "steps.ts")],
    cwd: repositoryRoot,
    env: { OIDC_ACCESS_FILE: accessFile, CDKTF_OUTDIR: freshFolder() },
  });
  return { marks: stepMarks.parse(JSON.parse(stdout)), wholeMs: wallMs };
}

function summarize(size: number, runs: readonly SizeRun[]): SizeResult {
  const middle = (step: Step): Mark => ({
    ms: median(runs.map(({ marks }) => marks[step].ms)),
    peakBytes: median(runs.map(({ marks }) => marks[step].peakBytes)),
  });
  const steps = {
    start: middle("start"),
    load: middle("load"),
    read: middle("read"),
    build: middle("build"),
    write: middle("write"),
  };
  return {
    size,
    steps,
    wholeMs: median(runs.map(({ wholeMs }) => wholeMs)),
    peakBytes: steps.write.peakBytes,
    runs,
  };
}
