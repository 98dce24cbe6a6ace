import type { AgainstStock } from "./against-stock";
import type { DecisionRate } from "./decision-rate";
import { type Growth, growthOf, NOISE_FACTOR } from "./growth";
import { FEW_CHANGES, MANY_CHANGES, type PlanTime, type PlanTimes, RESOURCES_REVIEWED } from "./plan-time";
import { type ProofTime, ROLES_PROVEN } from "./proof-time";
import type { ProxyTime } from "./proxy-time";
import type { ReviewTime } from "./review-time";
import { PLANS_REVIEWED, type SilentGrants } from "./silent-grants";
import type { SizeResult } from "./sizes";
import type { Step } from "./step-marks";

/** The size that time and memory are promised for. */
export const BUDGET_SIZE = 1_000;
export const MOST_OF_STOCK = 1 / 3;
/** 5 s for the synth itself, and what proving its 2,000 roles may add. */
export const MOST_MS = 8_000;
export const MOST_PROOF_MS = 1_500;
/** At least 100,000 trust decisions a second. */
export const MOST_DECISION_US = 10;
/** What the sandbox's door may add to a call, in microseconds. */
export const MOST_PROXY_US = 2_000;
/** One DeleteObjects of 1,000 keys, each of which is decided for itself. */
export const MOST_DELETION_MS = 2_000;
/** Of the same three commands a stack, run by xargs. */
export const MOST_OF_XARGS = 1.1;
/**
 * From the JSON of a large plan to Markdown, without the start of the process, where a pull request
 * changes some of it.
 */
export const MOST_PLAN_MS = 1_000;
/**
 * The same where nearly a third of it changes: then most of the time goes into the proofs of what
 * that means for access.
 */
export const MOST_CHANGES_MS = 5_000;
export const MOST_PLAN_BYTES = 400 * 1024 * 1024;
export const MOST_BYTES = 512 * 1024 * 1024;

export interface Budget {
  readonly name: string;
  readonly limit: number;
  readonly unit: "of the template" | "of xargs" | "ms" | "µs" | "bytes" | "times" | "plans";
  /** Undefined: the sizes that were asked for do not tell. */
  readonly measured: number | undefined;
  readonly verdict: "kept" | "exceeded" | "not measured";
}

/** What grows with the number of projects. Starting Node and loading code do not. */
const GROWING_STEPS = ["read", "build", "write"] as const satisfies readonly Step[];

export interface GrowthOfSizes {
  /** Milliseconds, undefined for fewer than two sizes. */
  readonly time: Growth | undefined;
  /** Bytes. */
  readonly memory: Growth | undefined;
}

/** @param sizes in ascending order */
export function growthOfSizes(
  sizes: readonly Pick<SizeResult, "size" | "steps" | "peakBytes">[],
): GrowthOfSizes {
  const time = sizes.map(({ size, steps }) => ({
    size,
    cost: GROWING_STEPS.reduce((sum, step) => sum + steps[step].ms, 0),
  }));
  return {
    time: growthOf(time),
    memory: growthOf(sizes.map(({ size, peakBytes }) => ({ size, cost: peakBytes }))),
  };
}

/**
 * Every promise of docs/benchmarks.md beside what was measured. A limit that is reached exactly is
 * kept.
 */
export function checkBudgets(
  stock: Pick<AgainstStock, "ratioOfMedians" | "medianOfRatios">,
  sizes: readonly Pick<SizeResult, "size" | "steps" | "peakBytes" | "wholeMs">[],
  proofs: Pick<ProofTime, "ms">,
  decisions: Pick<DecisionRate, "perSecond">,
  proxy: Pick<ProxyTime, "addedMs" | "deletionMs">,
  plans: Readonly<Record<keyof PlanTimes, Pick<PlanTime, "ms" | "peakBytes">>>,
  review: Pick<ReviewTime, "ratioOfMedians" | "medianOfRatios"> | undefined,
  silent: Pick<SilentGrants, "silent" | "alarmed">,
): readonly Budget[] {
  const large = sizes.find(({ size }) => size === BUDGET_SIZE);
  const growth = growthOfSizes(sizes);
  return [
    // The worse of the two: neither way to take the middle may flatter us.
    budget(
      "synth of the example",
      MOST_OF_STOCK,
      "of the template",
      Math.max(stock.ratioOfMedians, stock.medianOfRatios),
    ),
    budget(`proof of ${ROLES_PROVEN} roles`, MOST_PROOF_MS, "ms", proofs.ms),
    budget("one trust decision", MOST_DECISION_US, "µs", 1_000_000 / decisions.perSecond),
    budget("what the proxy adds to a call", MOST_PROXY_US, "µs", proxy.addedMs * 1_000),
    budget("DeleteObjects of 1000 keys", MOST_DELETION_MS, "ms", proxy.deletionMs),
    budget(
      `silent among ${PLANS_REVIEWED} plans, a third of which grant access`,
      0,
      "plans",
      silent.silent.length,
    ),
    budget("alarms about plans that grant nothing", 0, "plans", silent.alarmed),
    budget(
      `plan of ${RESOURCES_REVIEWED} resources, ${FEW_CHANGES} of which change`,
      MOST_PLAN_MS,
      "ms",
      plans.few.ms,
    ),
    budget(
      `plan of ${RESOURCES_REVIEWED} resources, ${MANY_CHANGES} of which change`,
      MOST_CHANGES_MS,
      "ms",
      plans.many.ms,
    ),
    budget(
      `peak memory for ${RESOURCES_REVIEWED} resources`,
      MOST_PLAN_BYTES,
      "bytes",
      Math.max(plans.few.peakBytes, plans.many.peakBytes),
    ),
    budget(
      "review of new stacks",
      MOST_OF_XARGS,
      "of xargs",
      review === undefined ? undefined : Math.max(review.ratioOfMedians, review.medianOfRatios),
    ),
    budget(`time for ${BUDGET_SIZE} projects`, MOST_MS, "ms", large?.wholeMs),
    budget(`peak memory for ${BUDGET_SIZE} projects`, MOST_BYTES, "bytes", large?.peakBytes),
    budget("growth of time", NOISE_FACTOR, "times", growth.time?.factor),
    budget("growth of memory", NOISE_FACTOR, "times", growth.memory?.factor),
  ];
}

function budget(name: string, limit: number, unit: Budget["unit"], measured: number | undefined): Budget {
  if (measured === undefined) return { name, limit, unit, measured, verdict: "not measured" };
  return { name, limit, unit, measured, verdict: measured <= limit ? "kept" : "exceeded" };
}
