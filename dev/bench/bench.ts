import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Progress } from "../../lib/programs/progress";
import { type AgainstBare, measureAgainstBare } from "./against-bare";
import { type AgainstStock, measureAgainstStock } from "./against-stock";
import { type AtOnce, measureAtOnce } from "./at-once";
import { BUDGET_SIZE, type Budget, checkBudgets, type GrowthOfSizes, growthOfSizes } from "./budgets";
import { type DecisionRate, measureDecisions } from "./decision-rate";
import { RESOURCES_OF_SERVICE } from "./generate-plan";
import { describeMachine, type Machine } from "./machine";
import { measurePlans, type PlanTimes } from "./plan-time";
import { measureProofs, type ProofTime, ROLES_PROVEN } from "./proof-time";
import { measureProxy, type ProxyTime } from "./proxy-time";
import { measureReview, type ReviewTime } from "./review-time";
import { measureSilentGrants, PLANS_REVIEWED, type SilentGrants } from "./silent-grants";
import { measureSizes, type SizeResult } from "./sizes";
import { measureTrail, type TrailTime } from "./trail-time";

export interface BenchResult {
  /** Before the first run. */
  readonly machine: Machine;
  readonly runs: number;
  readonly stock: AgainstStock;
  readonly atOnce: AtOnce;
  /** In ascending order. */
  readonly sizes: readonly SizeResult[];
  /** Undefined: its size is not measured. */
  readonly bare?: AgainstBare;
  readonly growth: GrowthOfSizes;
  readonly proofs: ProofTime;
  readonly decisions: DecisionRate;
  readonly proxy: ProxyTime;
  readonly plans: PlanTimes;
  readonly silent: SilentGrants;
  readonly trail: TrailTime;
  /** Undefined: not measured. */
  readonly review?: ReviewTime;
  readonly budgets: readonly Budget[];
}

interface BenchOptions {
  /** Numbers of projects, in ascending order, without duplicates. */
  readonly sizes: readonly number[];
  /** Number of projects in the review. 0: the review is not measured. */
  readonly reviewProjects: number;
  /** Runs of each measurement, 1 or more. */
  readonly runs: number;
  readonly progress: Progress;
}

/** Measures `usage` once on so many bytes of trail logs, which are written and deleted. */
export async function benchTrail(bytes: number): Promise<TrailTime> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  try {
    return await measureTrail(1, () => mkdtempSync(path.join(folder, "run-")), bytes);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs all measurements, one process at a time. It takes about 90 s with 1,000 projects and 5 runs,
 * and one more minute for each run with the review. Files are written to a temporary folder, which
 * is deleted afterwards.
 * @throws ProjectError `bench-not-the-same`, `bench-run-failed`
 */
export async function bench({ sizes, reviewProjects, runs, progress }: BenchOptions): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const freshFolder = (): string => mkdtempSync(path.join(folder, "run-"));
  try {
    const machine = describeMachine();
    const stock = await progress.step("synth of the example and of the stock template", () =>
      measureAgainstStock(runs, freshFolder),
    );
    const atOnce = await progress.step("commands, and node -e 0", () => measureAtOnce(runs, freshFolder));
    const measured = await progress.step(`synth of ${sizes.join(", ")} projects`, () =>
      measureSizes(sizes, runs, freshFolder),
    );
    const bare = sizes.includes(BUDGET_SIZE)
      ? await progress.step(`synth of ${BUDGET_SIZE} projects, and of the same from literals`, () =>
          measureAgainstBare(BUDGET_SIZE, runs, freshFolder),
        )
      : undefined;
    const proofs = await progress.step(`proof of ${ROLES_PROVEN} roles`, () => measureProofs(runs));
    const decisions = await progress.step("trust policy decisions", () => measureDecisions(runs));
    const proxy = await progress.step("calls through the sandbox proxy", () => measureProxy(runs));
    // The plans of the promises have as many services as its access.yaml has projects.
    const services = sizes.includes(BUDGET_SIZE) ? BUDGET_SIZE : Math.max(...sizes);
    const plans = await progress.step(
      `review of plans with ${services * RESOURCES_OF_SERVICE} resources`,
      () => measurePlans(services, runs, freshFolder),
    );
    const silent = await progress.step(`review of ${PLANS_REVIEWED} small plans`, async () =>
      measureSilentGrants(),
    );
    const trail = await progress.step("usage of trail logs, and gzip -dc of the same", () =>
      measureTrail(runs, freshFolder),
    );
    const review =
      reviewProjects === 0
        ? undefined
        : await progress.step("review of new stacks, and the same commands with xargs", () =>
            measureReview(reviewProjects, runs, freshFolder),
          );
    const growth = growthOfSizes(measured);
    const figures = { stock, atOnce, proofs, decisions, proxy, silent, trail };
    const budgets = checkBudgets({
      ...figures,
      sizes: measured,
      plans: services === BUDGET_SIZE ? plans : undefined,
      review,
      bare,
    });
    return {
      machine,
      runs,
      ...figures,
      plans,
      sizes: measured,
      growth,
      ...(bare === undefined ? {} : { bare }),
      ...(review === undefined ? {} : { review }),
      budgets,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
