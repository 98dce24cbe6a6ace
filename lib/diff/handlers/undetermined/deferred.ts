import { deferredReasonOf } from "../../../plan/reasons";
import { textAt } from "../../context/timelines";
import { aspectOf } from "../../coverage/compared-attributes";
import type { AccessChange } from "../../model/access-change";
import { changeOf } from "../../model/change";
import type { DeferredResource } from "../../model/facts";
import type { ReadPlan } from "../../read-plan";

/** Attributes that say whose it is, in the order in which they are asked. */
const OWNER_ATTRIBUTES = [
  ...["role", "role_name", "user", "user_name", "group", "group_name", "permission_set_arn"],
  ...["bucket", "url", "name"],
];

/**
 * What is left for a later plan and has to do with access: unknown, however much of it can be read.
 * It is no part of what this plan does, and what the next one makes of it nobody has reviewed.
 */
export function deferredChangesOf(plans: readonly ReadPlan[]): readonly AccessChange[] {
  return plans.flatMap(({ review: { name }, facts }) =>
    facts.deferred.map((one) => deferredChange(name, one)),
  );
}

function deferredChange(stack: string, { reason, resource }: DeferredResource): AccessChange {
  const { type, address, account, before, after } = resource;
  const names = OWNER_ATTRIBUTES.map((attribute) => textAt(after, attribute) ?? textAt(before, attribute));
  return changeOf({
    stack,
    source: "plan",
    aspect: aspectOf(type),
    subject: names.find((one) => one !== undefined) ?? address,
    addresses: [address],
    ...(account === undefined ? {} : { account }),
    relation: "unknown",
    sentences: [],
    reason: ["left for a later plan: ", ...deferredReasonOf(reason)],
    before: before ?? null,
    after: after ?? null,
  });
}
