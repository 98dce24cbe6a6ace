import { writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../lib/programs/cache";
import { generateAccess } from "./generate-access";
import { countResources, requireSameResources } from "./resources";
import { median } from "./statistics";
import { timedRun } from "./timed-run";

const usage = z.object({ cpuMs: z.number().positive(), peakBytes: z.number().positive() });
type Usage = Readonly<z.infer<typeof usage>>;

/** A synth compared with a program that declares the same resources from literals. */
export interface AgainstBare {
  /** Number of projects. */
  readonly size: number;
  /** CPU time of the synth, in milliseconds. Median. */
  readonly oursMs: number;
  readonly cpuRatio: number;
  readonly memoryRatio: number;
  readonly ours: readonly Usage[];
  readonly bare: readonly Usage[];
}

/**
 * Measures the synth of `size` projects, and the program of the stock template with as many stacks
 * from literals, written as quickly as ours, in alternating turns by CPU time.
 * @param runs 1 or more
 * @throws ProjectError `bench-not-the-same`, `bench-run-failed`
 */
export async function measureAgainstBare(
  size: number,
  runs: number,
  freshFolder: () => string,
): Promise<AgainstBare> {
  const accessFile = path.join(freshFolder(), "access.yaml");
  writeFileSync(accessFile, generateAccess(size));
  const [ours, bare]: [Usage[], Usage[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    const outdirs = [freshFolder(), freshFolder()] as const;
    ours.push(await usageOf("main.ts", { OIDC_ACCESS_FILE: accessFile, CDKTF_OUTDIR: outdirs[0] }));
    const env = { BENCH_PROJECTS: String(size), BENCH_LEAN: "1", CDKTF_OUTDIR: outdirs[1] };
    bare.push(await usageOf("dev/bench/template/main.ts", env));
    if (run === 0) requireSameResources(countResources(outdirs[0]), countResources(outdirs[1]));
  }
  const oursMs = median(ours.map(({ cpuMs }) => cpuMs));
  const ratio = (of: keyof Usage): number =>
    median(ours.map((one) => one[of])) / median(bare.map((one) => one[of]));
  return { size, oursMs, cpuRatio: ratio("cpuMs"), memoryRatio: ratio("peakBytes"), ours, bare };
}

async function usageOf(program: string, env: Readonly<Record<string, string>>): Promise<Usage> {
  const { stdout } = await timedRun({
    command: process.execPath,
    args: ["--import", "tsx", "--import", "./dev/bench/lean-cdktf.ts", program],
    cwd: repositoryRoot,
    env,
  });
  return usage.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}
