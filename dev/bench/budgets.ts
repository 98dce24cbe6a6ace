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

/** Number of projects of the promises on time and memory. */
export const BUDGET_SIZE = 1_000;
export const MAX_STOCK_RATIO = 1 / 3;
/** 5 s for the synth and 3 s for the proof of its 2,000 roles. */
export const MAX_MS = 8_000;
export const MAX_PROOF_MS = 1_500;
/** 10 µs: 100,000 decisions a second. */
export const MAX_DECISION_US = 10;
/** Maximum time that the sandbox proxy adds to a call, in microseconds. */
export const MAX_PROXY_US = 2_000;
/** DeleteObjects with 1,000 keys, each authorized separately. */
export const MAX_DELETION_MS = 2_000;
/** Ratio to the same three commands for each stack with xargs. */
export const MAX_XARGS_RATIO = 1.1;
/**
 * From the JSON of a large plan to Markdown, without the start of the process, for a typical pull
 * request.
 */
export const MAX_PLAN_MS = 1_000;
/**
 * The same plan with changes to 30 % of the resources. Most of the time is spent on proofs of the
 * effect on access.
 */
export const MAX_CHANGES_MS = 5_000;
export const MAX_PLAN_BYTES = 400 * 1024 * 1024;
export const MAX_BYTES = 512 * 1024 * 1024;

export interface Budget {
  readonly name: string;
  readonly limit: number;
  readonly unit: "of the template" | "of xargs" | "ms" | "µs" | "bytes" | "times" | "plans";
  /** Undefined: not measured with the requested sizes. */
  readonly measured: number | undefined;
  readonly verdict: "kept" | "exceeded" | "not measured";
}

/** Steps whose cost grows with the number of projects. Starting Node and loading code does not. */
const GROWING_STEPS = ["read", "build", "write"] as const satisfies readonly Step[];

export interface GrowthOfSizes {
  /** In milliseconds. Undefined: fewer than two sizes. */
  readonly time: Growth | undefined;
  /** In bytes. */
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
 * Compares every promise of docs/benchmarks.md with its measurement. A value equal to the limit
 * keeps the promise.
 */
export function checkBudgets(
  stock: Pick<AgainstStock, "ratioOfMedians" | "medianOfRatios">,
  sizes: readonly Pick<SizeResult, "size" | "steps" | "peakBytes" | "wholeMs">[],
  proofs: Pick<ProofTime, "ms">,
  decisions: Pick<DecisionRate, "perSecond">,
  proxy: Pick<ProxyTime, "addedMs" | "deletionMs">,
  plans: Readonly<Record<keyof PlanTimes, Pick<PlanTime, "ms" | "peakBytes">>> | undefined,
  review: Pick<ReviewTime, "ratioOfMedians" | "medianOfRatios"> | undefined,
  silent: Pick<SilentGrants, "silent" | "alarmed">,
): readonly Budget[] {
  const large = sizes.find(({ size }) => size === BUDGET_SIZE);
  const growth = growthOfSizes(sizes);
  return [
    // The worse of both ratios counts.
    budget(
      "synth of the talk's example, compared with the stock template",
      MAX_STOCK_RATIO,
      "of the template",
      Math.max(stock.ratioOfMedians, stock.medianOfRatios),
    ),
    budget(`proof of ${count(ROLES_PROVEN)} roles`, MAX_PROOF_MS, "ms", proofs.ms),
    budget("decision on one token by a trust policy", MAX_DECISION_US, "µs", 1_000_000 / decisions.perSecond),
    budget("time that the sandbox proxy adds to a call", MAX_PROXY_US, "µs", proxy.addedMs * 1_000),
    budget("DeleteObjects of 1,000 keys in the sandbox", MAX_DELETION_MS, "ms", proxy.deletionMs),
    budget(
      `plans that grant access without a finding, of ${PLANS_REVIEWED}`,
      0,
      "plans",
      silent.silent.length,
    ),
    budget(`plans that grant nothing with a finding, of ${PLANS_REVIEWED}`, 0, "plans", silent.alarmed),
    budget(
      `review of a plan with ${count(RESOURCES_REVIEWED)} resources, ${FEW_CHANGES} change`,
      MAX_PLAN_MS,
      "ms",
      plans?.few.ms,
    ),
    budget(
      `review of a plan with ${count(RESOURCES_REVIEWED)} resources, ${count(MANY_CHANGES)} change`,
      MAX_CHANGES_MS,
      "ms",
      plans?.many.ms,
    ),
    budget(
      `peak memory of a review of ${count(RESOURCES_REVIEWED)} resources`,
      MAX_PLAN_BYTES,
      "bytes",
      plans === undefined ? undefined : Math.max(plans.few.peakBytes, plans.many.peakBytes),
    ),
    budget(
      "review of new stacks, compared with xargs",
      MAX_XARGS_RATIO,
      "of xargs",
      review === undefined ? undefined : Math.max(review.ratioOfMedians, review.medianOfRatios),
    ),
    budget(`synth of ${count(BUDGET_SIZE)} projects`, MAX_MS, "ms", large?.wholeMs),
    budget(`peak memory of a synth of ${count(BUDGET_SIZE)} projects`, MAX_BYTES, "bytes", large?.peakBytes),
    budget("growth of the time for one more project", NOISE_FACTOR, "times", growth.time?.factor),
    budget("growth of the memory for one more project", NOISE_FACTOR, "times", growth.memory?.factor),
  ];
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function budget(name: string, limit: number, unit: Budget["unit"], measured: number | undefined): Budget {
  if (measured === undefined) return { name, limit, unit, measured, verdict: "not measured" };
  return { name, limit, unit, measured, verdict: measured <= limit ? "kept" : "exceeded" };
}
