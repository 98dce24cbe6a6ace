import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../lib/programs/cache";
import { median } from "./statistics";
import { timedRun } from "./timed-run";

const printed = z.object({
  proxyMs: z.number().positive(),
  motoMs: z.number().positive(),
  deletionMs: z.number().positive(),
});

export interface ProxyTime {
  /**
   * What the door adds to the median of a small read by a role's session, in milliseconds. Median
   * of the runs.
   */
  readonly addedMs: number;
  /** The same as a ratio: through the door, to moto alone. */
  readonly ratio: number;
  /**
   * Judging one DeleteObjects of 1,000 keys in nobody's name, in milliseconds. Median of the runs.
   */
  readonly deletionMs: number;
  readonly runs: readonly z.infer<typeof printed>[];
}

/**
 * What a judged call costs more than moto alone, each run in a process of its own, both kinds of
 * calls in turns.
 * @param runs 1 or more
 * @throws ProjectError `bench-run-failed`
 */
export async function measureProxy(runs: number): Promise<ProxyTime> {
  const measured: z.infer<typeof printed>[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { stdout } = await timedRun({
      command: process.execPath,
      args: ["--import", "tsx", path.join("dev", "bench", "proxy.ts")],
      cwd: repositoryRoot,
      env: {},
    });
    measured.push(printed.parse(JSON.parse(stdout)));
  }
  return {
    addedMs: median(measured.map(({ proxyMs, motoMs }) => proxyMs - motoMs)),
    ratio: median(measured.map(({ proxyMs, motoMs }) => proxyMs / motoMs)),
    deletionMs: median(measured.map(({ deletionMs }) => deletionMs)),
    runs: measured,
  };
}
