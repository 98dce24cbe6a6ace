import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Progress } from "../../lib/programs/progress";
import { type AgainstStock, measureAgainstStock } from "./against-stock";
import { type Budget, checkBudgets, type GrowthOfSizes, growthOfSizes } from "./budgets";
import { type DecisionRate, measureDecisions } from "./decision-rate";
import { describeMachine, type Machine } from "./machine";
import { measurePlans, type PlanTimes, RESOURCES_REVIEWED } from "./plan-time";
import { measureProofs, type ProofTime, ROLES_PROVEN } from "./proof-time";
import { measureProxy, type ProxyTime } from "./proxy-time";
import { measureReview, type ReviewTime } from "./review-time";
import { measureSilentGrants, PLANS_REVIEWED, type SilentGrants } from "./silent-grants";
import { measureSizes, type SizeResult } from "./sizes";

export interface BenchResult {
  /** As it was before the first run. */
  readonly machine: Machine;
  readonly runs: number;
  readonly stock: AgainstStock;
  /** In ascending order. */
  readonly sizes: readonly SizeResult[];
  readonly growth: GrowthOfSizes;
  readonly proofs: ProofTime;
  readonly decisions: DecisionRate;
  readonly proxy: ProxyTime;
  readonly plans: PlanTimes;
  readonly silent: SilentGrants;
  /** Undefined: it was left out. */
  readonly review?: ReviewTime;
  readonly budgets: readonly Budget[];
}

export interface BenchOptions {
  /** Numbers of projects, ascending, each once. */
  readonly sizes: readonly number[];
  /** Projects in the review that is timed; 0: it is left out. */
  readonly reviewProjects: number;
  /** How often each is measured; 1 or more. */
  readonly runs: number;
  readonly progress: Progress;
}

/**
 * Measures, one process at a time; takes about a minute and a half with 1,000 projects and 5 runs,
 * and a minute more for each run with the review. Writes to a folder of its own under the system's
 * temporary one, which is gone afterwards.
 * @throws ProjectError `bench-not-the-same`, `bench-run-failed`
 */
export async function bench({ sizes, reviewProjects, runs, progress }: BenchOptions): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const freshFolder = (): string => mkdtempSync(path.join(folder, "run-"));
  try {
    const machine = describeMachine();
    const stock = await progress.step("the example, ours and the stock template in turns", () =>
      measureAgainstStock(runs, freshFolder),
    );
    const measured = await progress.step(`${sizes.join(", ")} projects`, () =>
      measureSizes(sizes, runs, freshFolder),
    );
    const proofs = await progress.step(`proofs of ${ROLES_PROVEN} roles`, () => measureProofs(runs));
    const decisions = await progress.step("trust decisions", () => measureDecisions(runs));
    const proxy = await progress.step("calls through the sandbox's proxy", () => measureProxy(runs));
    const plans = await progress.step(`reviews of plans of ${RESOURCES_REVIEWED} resources`, () =>
      measurePlans(runs, freshFolder),
    );
    const silent = await progress.step(`reviews of ${PLANS_REVIEWED} small plans`, async () =>
      measureSilentGrants(),
    );
    const review =
      reviewProjects === 0
        ? undefined
        : await progress.step("review, ours and terraform by xargs in turns", () =>
            measureReview(reviewProjects, runs, freshFolder),
          );
    const growth = growthOfSizes(measured);
    const budgets = checkBudgets(stock, measured, proofs, decisions, proxy, plans, review, silent);
    const reviewed = review === undefined ? {} : { review };
    return {
      machine,
      runs,
      stock,
      sizes: measured,
      growth,
      proofs,
      decisions,
      proxy,
      plans,
      silent,
      ...reviewed,
      budgets,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
