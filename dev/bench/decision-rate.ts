import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../lib/programs/cache";
import { median } from "./statistics";
import { timedRun } from "./timed-run";

const printed = z.object({ perSecond: z.number().positive(), parsesPerSecond: z.number().positive() });

export interface DecisionRate {
  /**
   * Decisions a second on one core, by a trust policy with 10 statements of 10 subjects. Median.
   */
  readonly perSecond: number;
  /** The time of a decision, compared with that of JSON.parse of the token's claims. Median. */
  readonly ratio: number;
  readonly runs: readonly number[];
}

/**
 * Measures decisions by a trust policy, each run in its own process.
 * @param runs 1 or more
 * @throws ProjectError `bench-run-failed`
 */
export async function measureDecisions(runs: number): Promise<DecisionRate> {
  const measured: z.infer<typeof printed>[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { stdout } = await timedRun({
      command: process.execPath,
      args: ["--import", "tsx", path.join("dev", "bench", "decisions.ts")],
      cwd: repositoryRoot,
      env: {},
    });
    measured.push(printed.parse(JSON.parse(stdout)));
  }
  const rates = measured.map(({ perSecond }) => perSecond);
  return {
    perSecond: median(rates),
    ratio: median(measured.map(({ perSecond, parsesPerSecond }) => parsesPerSecond / perSecond)),
    runs: rates,
  };
}
