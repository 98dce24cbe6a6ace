import { readMaskedPlan } from "../plan/masked-plan";
import { notExaminedIn, taggedIn } from "./coverage/not-examined-in";
import { asksForTags } from "./coverage/tag-changes";
import type { ReadPlan } from "./model/facts";
import { factsIn, selectFacts } from "./reading/facts-in";

/**
 * Reads one plan. No sensitive value of the plan is in the result: `readMaskedPlan` masks it.
 * @param text of `terraform show -json`
 * @param name of the stack or file, for the report and for messages
 * @throws ProjectError `plan-not-read`, `plan-format`, `plan-action-unknown` (exit 2)
 */
export function readPlan(text: string, name: string): ReadPlan {
  const plan = readMaskedPlan(text, name, selectFacts);
  return {
    review: plan.review,
    facts: {
      ...factsIn(plan),
      notExamined: notExaminedIn(plan),
      tagged: taggedIn(plan),
      asksForTags: asksForTags(text),
      contradictions: [...plan.contradictions],
    },
  };
}

/** A stack that could not be planned. @param failure Terraform's own words */
export function failedPlan(name: string, failure: string): ReadPlan {
  return {
    review: {
      name,
      failure,
      isErrored: true,
      isIncomplete: false,
      resources: [],
      drift: [],
      deferred: [],
      actions: [],
      outputs: [],
      checks: [],
    },
    facts: {
      changes: [],
      drift: [],
      deferred: [],
      notExamined: [],
      tagged: [],
      asksForTags: false,
      contradictions: [],
    },
  };
}
