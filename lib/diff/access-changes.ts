import { compareText } from "../collections/sort";
import type { Access } from "../config/model/model";
import type { AwsData } from "../iam/data/aws-data";
import { WELL_KNOWN } from "../iam/data/managed-policies";
import { withAccountNames } from "./account-names";
import { type PlanContext, planContextOf, STEPS, type Step } from "./context/plan-context";
import { findingsOf } from "./findings/findings";
import { HANDLERS } from "./handlers";
import { type AccessChange, ASPECTS, type ReviewFinding } from "./model/access-change";
import type { ReadPlan } from "./model/facts";

/**
 * What plans mean for access, over all of them together: who can get in and do what afterwards that
 * could not before, what cannot be determined, and what `audit` finds in the planned trust
 * policies. The order of plans and of resources in them changes nothing.
 * @param aws what is known of AWS; default: only those that follow from a description
 */
export function accessChangesOf(
  plans: readonly ReadPlan[],
  access: Access | undefined,
  aws: AwsData = WELL_KNOWN,
): { readonly access: readonly AccessChange[]; readonly findings: readonly ReviewFinding[] } {
  const context = planContextOf(plans, access, aws);
  // Most plans have no drift at all.
  const hasDrift = context.timelines.some(({ isDrifted }) => isDrifted);
  const changes = STEPS.filter(({ source }) => source === "plan" || hasDrift).flatMap((step) =>
    changesIn(step, context),
  );
  const named = changes.map((change) => withAccountNames(change, access));
  return { access: named.toSorted(inOrder), findings: findingsOf(context) };
}

function changesIn(step: Step, context: PlanContext): readonly AccessChange[] {
  const reported: AccessChange[] = [];
  for (const { changesIn: find } of HANDLERS) reported.push(...find(step, context, reported));
  return reported;
}

/** Gains first, then unknown, losses, and equal access; of each, planned changes first. */
function rank({ relation, sentences }: AccessChange): number {
  if (
    relation === "broader" ||
    relation === "both-ways" ||
    sentences.some(({ effect }) => effect === "gained")
  )
    return 0;
  return relation === "unknown" ? 1 : relation === "narrower" ? 2 : 3;
}

function inOrder(one: AccessChange, other: AccessChange): number {
  return (
    rank(one) - rank(other) ||
    compareText(one.stack, other.stack) ||
    compareText(one.subject, other.subject) ||
    ASPECTS.indexOf(one.aspect) - ASPECTS.indexOf(other.aspect) ||
    compareText(other.source, one.source) ||
    compareText(one.id, other.id)
  );
}
