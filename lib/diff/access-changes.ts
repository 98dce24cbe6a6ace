import { compareText } from "../collections/sort";
import type { Access } from "../config/model/model";
import { isTouched, type PlanContext, planContextOf, STEPS, type Step } from "./context/plan-context";
import { findingsOf } from "./findings/findings";
import { exclusiveChangesOf } from "./handlers/exclusive/exclusive";
import { permissionChangesOf } from "./handlers/permissions/permissions";
import { unattachedPolicyChangesOf } from "./handlers/permissions/unattached-policies";
import { providerChangesOf } from "./handlers/provider/provider";
import { accountBlockChangesOf, publicAccessChangesOf } from "./handlers/public-access/public-access";
import { bucketPolicyChangesOf } from "./handlers/resource-policies/bucket-policies";
import { policyChangesIn } from "./handlers/resource-policies/resource-policies";
import { sessionChangesOf } from "./handlers/session/session";
import { shareChangesIn } from "./handlers/sharing/sharing";
import { trustChangesOf } from "./handlers/trust/trust";
import { contradictionChangesOf } from "./handlers/undetermined/contradictions";
import { deferredChangesOf } from "./handlers/undetermined/deferred";
import { heldTwiceChangesOf } from "./handlers/undetermined/managed-by-several";
import { notComparedChangesOf, unresolvedOwnerChangesOf } from "./handlers/undetermined/not-compared";
import { unknownAccountChangesOf } from "./handlers/undetermined/unknown-accounts";
import type { AccessChange, ReviewFinding } from "./model/access-change";
import { principalChangesOf } from "./principal-changes";
import type { ReadPlan } from "./read-plan";

/**
 * What plans mean for access, over all of them together: who can get in and do what afterwards that
 * could not before, what cannot be known, and what `audit` finds in the trust policies as they will
 * be. The order of plans and of resources in them changes nothing.
 */
export function accessChangesOf(
  plans: readonly ReadPlan[],
  access: Access | undefined,
): { readonly access: readonly AccessChange[]; readonly findings: readonly ReviewFinding[] } {
  const context = planContextOf(plans, access);
  // What nobody touches does not change: most plans have no drift at all.
  const steps = STEPS.filter((step) => context.timelines.some((one) => isTouched(one, step)));
  const changes = [
    ...steps.flatMap((step) => changesIn(step, context)),
    ...deferredChangesOf(plans),
    ...contradictionChangesOf(plans),
  ];
  return { access: changes.toSorted(inOrder), findings: findingsOf(context) };
}

function changesIn(step: Step, context: PlanContext): readonly AccessChange[] {
  const changes = comparedIn(step, context);
  return [...changes, ...unknownAccountChangesOf(step, context, changes)];
}

function comparedIn(step: Step, context: PlanContext): readonly AccessChange[] {
  return [
    ...[...context.roles.byKey.values()].flatMap((role) => [
      ...trustChangesOf(role, step, context),
      ...permissionChangesOf(role, step, context),
      ...sessionChangesOf(role, step),
      ...exclusiveChangesOf(role, step),
    ]),
    ...principalChangesOf(step, context),
    ...unattachedPolicyChangesOf(step, context),
    ...providerChangesOf(step, context),
    ...context.buckets.flatMap((bucket) => [
      ...bucketPolicyChangesOf(bucket, step, context),
      ...publicAccessChangesOf(bucket, step),
    ]),
    ...policyChangesIn(step, context),
    ...shareChangesIn(step, context),
    ...accountBlockChangesOf(step, context),
    ...unresolvedOwnerChangesOf(step, context),
    ...notComparedChangesOf(step, context),
    ...heldTwiceChangesOf(step, context),
  ];
}

const ASPECTS: readonly AccessChange["aspect"][] = [
  ...([
    "trust",
    "permissions",
    "credentials",
    "runs-as",
    "session",
    "provider",
    "bucket-policy",
    "resource-policy",
    "public-access",
    "sharing",
    "exclusive",
  ] as const),
];

/**
 * What gains first, then what is unknown, what loses, what is the same; of each first what is
 * planned.
 */
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
