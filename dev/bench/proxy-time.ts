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
   * Time that the proxy adds to the median of a small read by a role session, in milliseconds.
   * Median of the runs.
   */
  readonly addedMs: number;
  /** Ratio of the time through the proxy to the time of moto alone. */
  readonly ratio: number;
  /** Time of an anonymous DeleteObjects with 1,000 keys, in milliseconds. Median of the runs. */
  readonly deletionMs: number;
  readonly runs: readonly z.infer<typeof printed>[];
}

/**
 * Measures calls through the proxy and to moto in alternating turns, each run in its own process.
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
