import { compareText } from "../collections/sort";
import type { Access } from "../config/model/model";
import type { AccessChange, ReviewFinding } from "./access-change";
import { bucketPolicyChangesOf } from "./bucket-policy-changes";
import { contradictionChangesOf } from "./contradiction-changes";
import { deferredChangesOf } from "./deferred-changes";
import { exclusiveChangesOf } from "./exclusive-changes";
import { findingsOf } from "./findings";
import { heldTwiceChangesOf } from "./held-twice";
import { astrayChangesOf, notComparedChangesOf } from "./not-compared";
import { permissionChangesOf } from "./permission-changes";
import { principalChangesOf } from "./principal-changes";
import { providerChangesOf } from "./provider-changes";
import { accountBlockChangesOf, publicAccessChangesOf } from "./public-access-changes";
import type { ReadPlan } from "./read-plan";
import { policyChangesIn } from "./resource-policies/policy-changes";
import { isTouched, type Scene, STEPS, type Step, sceneOf } from "./scene";
import { sessionChangesOf } from "./session-changes";
import { shareChangesIn } from "./sharing/share-changes";
import { trustChangesOf } from "./trust-changes";
import { unattachedPolicyChangesOf } from "./unattached-policies";
import { unknownAccountChangesOf } from "./unknown-accounts";

/**
 * What plans mean for access, over all of them together: who can get in and do what afterwards that
 * could not before, what cannot be known, and what `audit` finds in the trust policies as they will
 * be. The order of plans and of resources in them changes nothing.
 */
export function accessChangesOf(
  plans: readonly ReadPlan[],
  access: Access | undefined,
): { readonly access: readonly AccessChange[]; readonly findings: readonly ReviewFinding[] } {
  const scene = sceneOf(plans, access);
  // What nobody touches does not change: most plans have no drift at all.
  const steps = STEPS.filter((step) => scene.timelines.some((one) => isTouched(one, step)));
  const changes = [
    ...steps.flatMap((step) => changesIn(step, scene)),
    ...deferredChangesOf(plans),
    ...contradictionChangesOf(plans),
  ];
  return { access: changes.toSorted(inOrder), findings: findingsOf(scene) };
}

function changesIn(step: Step, scene: Scene): readonly AccessChange[] {
  const changes = comparedIn(step, scene);
  return [...changes, ...unknownAccountChangesOf(step, scene, changes)];
}

function comparedIn(step: Step, scene: Scene): readonly AccessChange[] {
  return [
    ...[...scene.roles.byKey.values()].flatMap((role) => [
      ...trustChangesOf(role, step, scene),
      ...permissionChangesOf(role, step, scene),
      ...sessionChangesOf(role, step),
      ...exclusiveChangesOf(role, step),
    ]),
    ...principalChangesOf(step, scene),
    ...unattachedPolicyChangesOf(step, scene),
    ...providerChangesOf(step, scene),
    ...scene.buckets.flatMap((bucket) => [
      ...bucketPolicyChangesOf(bucket, step, scene),
      ...publicAccessChangesOf(bucket, step),
    ]),
    ...policyChangesIn(step, scene),
    ...shareChangesIn(step, scene),
    ...accountBlockChangesOf(step, scene),
    ...astrayChangesOf(step, scene),
    ...notComparedChangesOf(step, scene),
    ...heldTwiceChangesOf(step, scene),
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
