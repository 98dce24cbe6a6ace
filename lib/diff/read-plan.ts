import { failedChecksIn } from "../plan/checks";
import { invocationsIn } from "../plan/invocations";
import { outputsIn } from "../plan/outputs";
import { type PlanJson, readPlanJson } from "../plan/plan-json";
import { changedIn } from "../plan/resources";
import { type Mask, maskFor } from "../plan/sensitive/masking";
import { contradictionsIn, notExaminedIn, taggedIn } from "./coverage/not-examined-in";
import { asksForTags } from "./coverage/tag-changes";
import type { ReadPlan } from "./model/facts";
import { factsIn } from "./reading/facts-in";

/**
 * Reads one plan. What the plan says is sensitive is in nothing that is returned.
 * @param text of `terraform show -json`
 * @param name of the stack or file, for the report and for messages
 * @throws ProjectError `plan-not-read`, `plan-format`, `plan-action-unknown` (exit 2)
 */
export function readPlan(text: string, name: string): ReadPlan {
  const { plan, mask } = readWithMask(text, name);
  const settings = { stack: name, mask };
  const changed = changedIn(plan, settings);
  return {
    review: {
      name,
      isErrored: plan.errored === true,
      isIncomplete: plan.complete === false && plan.errored !== true,
      resources: changed.plan.map(({ change }) => change),
      drift: changed.drift.map(({ change }) => change),
      deferred: changed.deferred.map(({ change }) => change),
      actions: invocationsIn(plan, settings),
      outputs: outputsIn(plan, mask),
      checks: failedChecksIn(plan, mask),
    },
    facts: {
      ...factsIn(plan, mask),
      notExamined: notExaminedIn(plan, changed, settings),
      tagged: taggedIn(changed, settings),
      asksForTags: asksForTags(text),
      contradictions: contradictionsIn(plan, mask),
    },
  };
}

/**
 * Variables and planned values are looked at for secrets and then let go; the state and the
 * configuration say what the changes do not.
 */
function readWithMask(text: string, name: string): { readonly plan: PlanJson; readonly mask: Mask } {
  const { variables, planned_values, ...plan } = readPlanJson(text, name);
  return { plan, mask: maskFor({ ...plan, variables, planned_values }) };
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
