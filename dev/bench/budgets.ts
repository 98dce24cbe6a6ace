import type { AgainstBare } from "./against-bare";
import type { AgainstStock } from "./against-stock";
import type { AtOnce } from "./at-once";
import type { DecisionRate } from "./decision-rate";
import { type Growth, growthOf, NOISE_FACTOR } from "./growth";
import { FEW_CHANGES, MANY_CHANGES, type PlanTime, type PlanTimes, RESOURCES_REVIEWED } from "./plan-time";
import type { ProofTime } from "./proof-time";
import type { ProxyTime } from "./proxy-time";
import type { ReviewTime } from "./review-time";
import { PLANS_REVIEWED, type SilentGrants } from "./silent-grants";
import type { SizeResult } from "./sizes";
import type { Step } from "./step-marks";
import type { TrailTime } from "./trail-time";

/** Number of projects of the promises on time and memory. */
export const BUDGET_SIZE = 1_000;
export const MAX_STOCK_RATIO = 1 / 4;
/** CPU time and memory of a synth, compared with a program that declares the same from literals. */
export const MAX_BARE_RATIO = 1.4;
export const MAX_BARE_MEMORY = 1.2;
/** The proofs of a synth, of its whole time. */
export const MAX_PROOFS = 0.15;
/** A decision by a policy of 100 subjects, compared with JSON.parse of the token's claims. */
export const MAX_DECISION_RATIO = 30;
/** A small read through the sandbox proxy, compared with moto alone. */
export const MAX_PROXY_RATIO = 1.3;
/** DeleteObjects with 1,000 keys, each authorized separately. */
export const MAX_DELETION_MS = 2_000;
/** Ratio to the same three commands for each stack with xargs. */
export const MAX_XARGS_RATIO = 1.1;
/**
 * From the JSON of a large plan to Markdown, without the start of the process, for a typical pull
 * request; compared with reading the file and JSON.parse.
 */
export const MAX_PLAN_RATIO = 2.5;
/**
 * The same plan with changes to 30 % of the resources. Most of the time is spent on proofs of the
 * effect on access.
 */
export const MAX_CHANGES_RATIO = 14;
export const MAX_PLAN_BYTES = 400 * 1024 * 1024;
/** The CPU time of a command, as a multiple of that of `node -e 0`. */
export const MAX_AT_ONCE = { words: 3, file: 8, audit: 9, review: 11 } as const;
/** What a command in a clone takes more through `npm run`, in the time of `npm run` itself. */
export const MAX_NPM_RUN = 1;

/**
 * CPU time of `usage`, with its start and that of its threads, compared with unpacking the same
 * logs; and its memory.
 */
export const MAX_TRAIL_RATIO = 7;
export const MAX_TRAIL_BYTES = 300 * 1024 * 1024;

export interface Budget {
  readonly name: string;
  readonly limit: number;
  readonly unit: "of the template" | "of xargs" | "ms" | "bytes" | "times" | "plans";
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

/** What is measured, as far as a promise is about it. */
export interface Figures {
  readonly stock: Pick<AgainstStock, "ratioOfMedians" | "medianOfRatios">;
  readonly atOnce: AtOnce;
  readonly sizes: readonly Pick<SizeResult, "size" | "steps" | "peakBytes" | "wholeMs">[];
  readonly proofs: Pick<ProofTime, "ms">;
  readonly decisions: Pick<DecisionRate, "ratio">;
  readonly proxy: Pick<ProxyTime, "ratio" | "deletionMs">;
  readonly silent: Pick<SilentGrants, "silent" | "alarmed">;
  readonly trail: Pick<TrailTime, "ratio" | "peakBytes">;
  /** Undefined: not measured, or for fewer resources. */
  readonly plans: Readonly<Record<keyof PlanTimes, Pick<PlanTime, "ratio" | "peakBytes">>> | undefined;
  readonly review: Pick<ReviewTime, "ratioOfMedians" | "medianOfRatios"> | undefined;
  readonly bare: Pick<AgainstBare, "cpuRatio" | "memoryRatio" | "oursMs"> | undefined;
}

/**
 * Compares every promise of docs/benchmarks.md with its measurement. A value equal to the limit
 * keeps the promise. Of two ratios of one comparison, the worse one counts.
 */
export function checkBudgets(figures: Figures): readonly Budget[] {
  const { stock, atOnce, sizes, proofs, decisions, proxy, plans, silent, trail, review, bare } = figures;
  const growth = growthOfSizes(sizes);
  const reviewed = `review of a plan with ${count(RESOURCES_REVIEWED)} resources`;
  const synth = `synth of ${count(BUDGET_SIZE)} projects`;
  const worse = (one: Pick<AgainstStock, "ratioOfMedians" | "medianOfRatios">): number =>
    Math.max(one.ratioOfMedians, one.medianOfRatios);
  return [
    budget(
      "synth of the talk's example, compared with the stock template",
      MAX_STOCK_RATIO,
      "of the template",
      worse(stock),
    ),
    budget("oidc --help, completion, an unknown option", MAX_AT_ONCE.words, "times", atOnce.words),
    budget("oidc explain, pipeline, an error in access.yaml", MAX_AT_ONCE.file, "times", atOnce.file),
    budget("oidc audit of one policy", MAX_AT_ONCE.audit, "times", atOnce.audit),
    budget("oidc review of a small plan", MAX_AT_ONCE.review, "times", atOnce.review),
    budget("npm run oidc in a clone, beyond oidc", MAX_NPM_RUN, "times", atOnce.npmRun),
    budget("decision on one token by a trust policy", MAX_DECISION_RATIO, "times", decisions.ratio),
    budget("a small read through the sandbox proxy", MAX_PROXY_RATIO, "times", proxy.ratio),
    budget("DeleteObjects of 1,000 keys in the sandbox", MAX_DELETION_MS, "ms", proxy.deletionMs),
    budget(
      `plans that grant access without a finding, of ${PLANS_REVIEWED}`,
      0,
      "plans",
      silent.silent.length,
    ),
    budget(`plans that grant nothing with a finding, of ${PLANS_REVIEWED}`, 0, "plans", silent.alarmed),
    budget("usage of 5 MB of trail logs, compared with gzip -dc", MAX_TRAIL_RATIO, "times", trail.ratio),
    budget("peak memory of usage of 5 MB of trail logs", MAX_TRAIL_BYTES, "bytes", trail.peakBytes),
    budget(`${reviewed}, ${FEW_CHANGES} change`, MAX_PLAN_RATIO, "times", plans?.few.ratio),
    budget(`${reviewed}, ${count(MANY_CHANGES)} change`, MAX_CHANGES_RATIO, "times", plans?.many.ratio),
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
      review === undefined ? undefined : worse(review),
    ),
    budget(`${synth}, compared with literals`, MAX_BARE_RATIO, "times", bare?.cpuRatio),
    budget(`peak memory of a ${synth}, compared with literals`, MAX_BARE_MEMORY, "times", bare?.memoryRatio),
    budget(
      `proofs of a ${synth}, of its time`,
      MAX_PROOFS,
      "times",
      bare === undefined ? undefined : proofs.ms / bare.oursMs,
    ),
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
