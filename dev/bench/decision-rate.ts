import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../lib/programs/cache";
import { median } from "./statistics";
import { timedRun } from "./timed-run";

const printed = z.object({ perSecond: z.number().positive() });

export interface DecisionRate {
  /**
   * Trust decisions a second on one core, by a policy of 10 statements with 10 subjects each.
   * Median.
   */
  readonly perSecond: number;
  readonly runs: readonly number[];
}

/**
 * How many tokens a process decides, each run in one of its own.
 * @param runs 1 or more
 * @throws ProjectError `bench-run-failed`
 */
export async function measureDecisions(runs: number): Promise<DecisionRate> {
  const measured: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { stdout } = await timedRun({
      command: process.execPath,
      args: ["--import", "tsx", path.join("dev", "bench", "decisions.ts")],
      cwd: repositoryRoot,
      env: {},
    });
    measured.push(printed.parse(JSON.parse(stdout)).perSecond);
  }
  return { perSecond: median(measured), runs: measured };
}
