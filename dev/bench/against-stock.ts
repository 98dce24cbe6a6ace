import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { countResources, requireSameResources } from "./resources";
import { type Comparison, compareTurns, type Turn } from "./statistics";
import { appOf, timedRun } from "./timed-run";

const ACCESS_FILE = path.join(repositoryRoot, "examples", "talk", "access.yaml");
const TEMPLATE = path.join(repositoryRoot, "dev", "bench", "template");

export interface AgainstStock extends Comparison {
  /** Number of resources in each output. */
  readonly resources: number;
  readonly turns: readonly Turn[];
}

/**
 * Measures the synth of the talk's example and of the stock template in alternating turns. The
 * first turn is not counted: it fills the disk cache, and verifies that both outputs have the same
 * resources.
 * @param runs counted turns, 1 or more
 * @param freshFolder creates an empty folder for the output of a run
 * @throws ProjectError `bench-not-the-same`, `bench-run-failed`
 */
export async function measureAgainstStock(runs: number, freshFolder: () => string): Promise<AgainstStock> {
  const warmUp = { ours: freshFolder(), theirs: freshFolder() };
  await synthOurs(warmUp.ours);
  await synthTheirs(warmUp.theirs);
  const resources = countResources(warmUp.ours);
  requireSameResources(resources, countResources(warmUp.theirs));
  const turns: Turn[] = [];
  for (let turn = 0; turn < runs; turn += 1) {
    const oursMs = await synthOurs(freshFolder());
    turns.push({ oursMs, theirsMs: await synthTheirs(freshFolder()) });
  }
  return {
    ...compareTurns(turns),
    resources: [...resources.values()].reduce((sum, count) => sum + count, 0),
    turns,
  };
}

async function synthOurs(outdir: string): Promise<number> {
  const env = { OIDC_ACCESS_FILE: ACCESS_FILE, CDKTF_OUTDIR: outdir };
  return (await timedRun(appOf(repositoryRoot, env))).wallMs;
}

async function synthTheirs(outdir: string): Promise<number> {
  return (await timedRun(appOf(TEMPLATE, { CDKTF_OUTDIR: outdir }))).wallMs;
}
