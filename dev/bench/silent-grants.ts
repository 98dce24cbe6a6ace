import { readPlan } from "../../lib/diff/read-plan";
import { reviewOf } from "../../lib/report/model/review-of";
import { gateOf } from "../../lib/report/verdict/gate";
import { isAllClear, verdictOf } from "../../lib/report/verdict/verdict";
import { repeated } from "./brief";
import { generatePlans } from "./silent/generate-plans";

/** Number of reviewed plans; a third of them grants access. */
export const PLANS_REVIEWED = repeated(300);

export interface SilentGrants {
  readonly plans: number;
  /** Plans that grant access. */
  readonly granting: number;
  /** The kinds of grants that passed without a warning, each once. */
  readonly silent: readonly string[];
  /** Plans that grant nothing and that a gate would have stopped. */
  readonly alarmed: number;
}

/** The gates that stop every change of access that is not accepted (docs/review.md, "Gates"). */
const GATES = ["broader", "unknown", "not-examined"];

/** Whether a review reports no additional access, or passes every gate. */
export function isSilent(text: string): boolean {
  const review = reviewOf([readPlan(text, "plan")], {});
  return isAllClear(verdictOf(review)) || gateOf(review, GATES, []).failing.length === 0;
}

/** Reviews generated plans, and counts grants that are not reported. */
export function measureSilentGrants(count: number = PLANS_REVIEWED): SilentGrants {
  const plans = generatePlans(count).map(({ grant, text }) => ({ grant, silent: isSilent(text) }));
  const granting = plans.filter(({ grant }) => grant !== undefined);
  return {
    plans: plans.length,
    granting: granting.length,
    silent: [...new Set(granting.flatMap(({ grant, silent }) => (silent ? [grant ?? ""] : [])))].sort(),
    alarmed: plans.filter(({ grant, silent }) => grant === undefined && !silent).length,
  };
}
