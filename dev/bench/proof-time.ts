import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../lib/programs/cache";
import { median } from "./statistics";
import { timedRun } from "./timed-run";

/** Number of roles of the promise on proofs: those of 1,000 projects. */
export const ROLES_PROVEN = 2_000;

const printed = z.object({ ms: z.number().positive() });

export interface ProofTime {
  /** CPU time to prove the trust policies of 2,000 roles in a new process. Median, milliseconds. */
  readonly ms: number;
  readonly runs: readonly number[];
}

/**
 * Measures the proofs of a synth, each run in its own process.
 * @param runs 1 or more
 * @throws ProjectError `bench-run-failed`
 */
export async function measureProofs(runs: number): Promise<ProofTime> {
  const measured: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { stdout } = await timedRun({
      command: process.execPath,
      args: ["--import", "tsx", path.join("dev", "bench", "proofs.ts")],
      cwd: repositoryRoot,
      env: {},
    });
    measured.push(printed.parse(JSON.parse(stdout)).ms);
  }
  return { ms: median(measured), runs: measured };
}
