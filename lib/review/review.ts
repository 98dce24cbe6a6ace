import type { Access } from "../access/model";
import { nameOf, readInput } from "../project/read-input";
import { type RightsChange, rightsChangesIn } from "./access/rights-changes";
import { type AccessSentence, sentencesOf } from "./access/sentences";
import { type TrustChange, trustChangesIn } from "./access/trust-changes";
import { readPlanJson } from "./plan/plan-json";
import { changesIn, driftIn, type ResourceChange } from "./plan/resources";
import type { PlannedStack } from "./stacks/plan-stacks";

export interface PlanReview {
  /** The file, or the stack. */
  readonly name: string;
  /** Why there is no plan; undefined: there is one. */
  readonly failure?: string;
  /** Terraform failed while planning: what follows is a part, or nothing. */
  readonly isErrored: boolean;
  /** Something is left for a later plan. */
  readonly isIncomplete: boolean;
  readonly resources: readonly ResourceChange[];
  readonly drift: readonly ResourceChange[];
  readonly access: readonly RoleReview[];
  /** What else decides who may do what: it changes, and was not compared. */
  readonly rights: readonly RightsChange[];
}

export interface RoleReview extends Pick<TrustChange, "role" | "address" | "source" | "relation" | "reason"> {
  readonly sentences: readonly AccessSentence[];
}

/** A plan of any size that Terraform writes: some 3 KB for a resource. */
const MOST_PLAN_BYTES = 512 * 1_024 * 1_024;

/**
 * Reviews plans: what changes, and who can get in afterwards that could not before.
 * @param files plan JSON; `-` is standard input
 * @throws ProjectError `plan-not-read`, `plan-format`, `plan-action-unknown` and those of `readInput` (exit 2)
 */
export function reviewPlans(files: readonly string[], access: Access | undefined): readonly PlanReview[] {
  return files.map((file) => reviewPlan(readInput(file, MOST_PLAN_BYTES), nameOf(file), access));
}

/** The same of stacks that have been planned, or could not be. */
export function reviewStacks(
  planned: readonly PlannedStack[],
  access: Access | undefined,
): readonly PlanReview[] {
  return planned.map((stack) => {
    if ("plan" in stack) return reviewPlan(stack.plan, stack.name, access);
    const nothing = { isIncomplete: false, resources: [], drift: [], access: [], rights: [] };
    return { name: stack.name, failure: stack.failure, isErrored: true, ...nothing };
  });
}

/** One plan, as text. */
export function reviewPlan(text: string, name: string, access: Access | undefined): PlanReview {
  const plan = readPlanJson(text, name);
  return {
    name,
    isErrored: plan.errored === true,
    isIncomplete: plan.complete === false && plan.errored !== true,
    resources: changesIn(plan),
    drift: driftIn(plan),
    rights: rightsChangesIn(plan),
    access: trustChangesIn(plan).map((change) => {
      const { role, address, source, relation, reason } = change;
      const told = { role, address, source, relation, sentences: sentencesOf(change, access) };
      return reason === undefined ? told : { ...told, reason };
    }),
  };
}
