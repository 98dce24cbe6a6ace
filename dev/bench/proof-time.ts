import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../lib/programs/cache";
import { median } from "./statistics";
import { timedRun } from "./timed-run";

/** How many roles the promise about proofs is for. */
export const ROLES_PROVEN = 1_000;

const printed = z.object({ ms: z.number().positive() });

export interface ProofTime {
  /**
   * Proving the trust policies of 1,000 roles, of a process that has proven none before. Median,
   * milliseconds.
   */
  readonly ms: number;
  readonly runs: readonly number[];
}

/**
 * Times what the proofs add to a synth, each run in a process of its own.
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
