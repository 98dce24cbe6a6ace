import { writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../lib/programs/cache";
import { generateAccess } from "./generate-access";
import { requireSameStacks } from "./same-stacks";
import { median } from "./statistics";
import { appOf, type Program, timedRun } from "./timed-run";

const usage = z.object({ cpuMs: z.number().positive(), peakBytes: z.number().positive() });
type Usage = Readonly<z.infer<typeof usage>>;

/** A synth compared with a program that declares the same from literals. */
export interface AgainstBare {
  /** Number of projects. */
  readonly size: number;
  /** CPU time of the synth, in milliseconds. Median. */
  readonly oursMs: number;
  readonly cpuRatio: number;
  readonly memoryRatio: number;
  readonly ours: readonly Usage[];
  /** The program of literals, without the work that cdktf does several times. */
  readonly bare: readonly Usage[];
  /** The same program with cdktf as it is installed, once. */
  readonly stock: Usage;
}

/**
 * Measures the synth of `size` projects, and a program that declares the same from literals, in
 * alternating turns by CPU time. The first turn is not counted: it compiles, and verifies that all
 * outputs are the same.
 * @param runs counted turns, 1 or more
 * @throws ProjectError `bench-not-the-same`, `bench-run-failed`
 */
export async function measureAgainstBare(
  size: number,
  runs: number,
  freshFolder: () => string,
): Promise<AgainstBare> {
  const accessFile = path.join(freshFolder(), "access.yaml");
  writeFileSync(accessFile, generateAccess(size));
  const project = (CDKTF_OUTDIR: string): Promise<Usage> =>
    usageOf(appOf(repositoryRoot, { OIDC_ACCESS_FILE: accessFile, CDKTF_OUTDIR }));
  const literals = (CDKTF_OUTDIR: string, ...loaded: readonly string[]): Promise<Usage> =>
    usageOf({
      command: process.execPath,
      args: ["--import", "tsx", ...loaded, "dev/bench/template/projects.ts"],
      cwd: repositoryRoot,
      env: { BENCH_PROJECTS: String(size), CDKTF_OUTDIR },
    });
  const lean = (outdir: string): Promise<Usage> => literals(outdir, "--import", "./dev/bench/lean-cdktf.ts");
  const outdirs = [freshFolder(), freshFolder(), freshFolder()] as const;
  await project(outdirs[0]);
  await lean(outdirs[1]);
  const stock = await literals(outdirs[2]);
  for (const outdir of outdirs.slice(1)) requireSameStacks(outdirs[0], outdir);
  const [ours, bare]: [Usage[], Usage[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    ours.push(await project(freshFolder()));
    bare.push(await lean(freshFolder()));
  }
  const oursMs = median(ours.map(({ cpuMs }) => cpuMs));
  const ratio = (of: keyof Usage): number =>
    median(ours.map((one) => one[of])) / median(bare.map((one) => one[of]));
  return { size, oursMs, cpuRatio: ratio("cpuMs"), memoryRatio: ratio("peakBytes"), ours, bare, stock };
}

/** @param program starts Node in this process, not in another one */
async function usageOf(program: Program): Promise<Usage> {
  const env = { ...program.env, NODE_OPTIONS: "--require ./dev/bench/print-usage.cjs" };
  const { stdout } = await timedRun({ ...program, env });
  return usage.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}
