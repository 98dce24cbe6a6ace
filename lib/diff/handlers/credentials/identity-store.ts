import { type Phrase, quoted } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import { together } from "../../../describe/relation";
import { isTouched, type PlanContext } from "../../context/plan-context";
import { whyLater } from "../../context/policy-reading";
import { principalPhrase } from "../../context/principal-names";
import { type Principal, resourceKey } from "../../context/principals";
import { type Snapshot, type Timeline, textAt } from "../../context/timelines";
import type { AccessSentence } from "../../model/access-change";
import { ASSIGNMENT, targetPhrase } from "../../permissions/assignments";
import { permissionsPhrase } from "../../permissions/permissions-phrase";
import { handlerOf } from "../handler";

const MEMBERSHIP = "aws_identitystore_group_membership";

/**
 * Users of IAM Identity Center who are added to a group or removed from it: they get or lose the
 * permission sets that are assigned to the group, in the plans or outside of them.
 */
export const identityStore = handlerOf<Timeline, string | undefined, readonly Side[]>({
  name: "identity-store",
  comparison: "credentials",
  itemsIn: (step, { byType }) => (byType.get(MEMBERSHIP) ?? []).filter((one) => isTouched(one, step)),
  normalise: membershipAt,
  dataOf: (membership) => membership ?? null,
  compare: ({ item: timeline, before, after, step, context }) => {
    if (before === after) return undefined;
    return [
      ...(after === undefined ? [] : [sideOf(timeline, "gained", step.to, context)]),
      ...(before === undefined ? [] : [sideOf(timeline, "lost", step.from, context)]),
    ];
  },
  describe: (sides, { item: timeline }) => {
    const sentences = sides.flatMap((side) => side.sentences);
    const relations = sentences.map(({ effect }): Relation => (effect === "gained" ? "broader" : "narrower"));
    return {
      stack: timeline.stack,
      account: timeline.account,
      aspect: "credentials",
      subject: timeline.address,
      addresses: [timeline.address],
      // What is assigned elsewhere is in no plan: a gain is never all of it, and without a gain
      // the effect is not determined.
      relation: relations.includes("broader") ? together(relations) : "unknown",
      sentences,
      reasons: sides.map(({ reason }) => reason),
    };
  },
});

function membershipAt({ at }: Timeline, snapshot: Snapshot): string | undefined {
  const attributes = at[snapshot];
  if (attributes === undefined) return undefined;
  return JSON.stringify([attributes.group_id ?? null, attributes.member_id ?? null]);
}

interface Side {
  readonly sentences: readonly AccessSentence[];
  readonly reason: Phrase;
}

function sideOf(
  timeline: Timeline,
  effect: AccessSentence["effect"],
  snapshot: Snapshot,
  context: PlanContext,
): Side {
  const value = timeline.at[snapshot]?.group_id;
  const member = textAt(timeline.at[snapshot], "member_id");
  const who: Phrase = ["identity store user ", quoted(member ?? timeline.address)];
  const group = groupOf(timeline, snapshot, context);
  const reason: Phrase = [
    "the permission sets assigned to ",
    ...group.said,
    " outside of the plans are not known",
    ...(value?.kind === "later" && group.ids.length === 0 ? [": its id ", ...whyLater(value)] : []),
  ];
  const sentences = assignmentsOf(group.ids, snapshot, context).map(({ set, assignment }): AccessSentence => {
    const can = effect === "gained" ? " can now use " : " can no longer use ";
    const effective: Phrase = effect === "gained" ? [", ", ...permissionsPhrase(set, snapshot, context)] : [];
    return {
      effect,
      people: [],
      phrase: [
        ...who,
        can,
        ...principalPhrase(set),
        " in ",
        ...targetPhrase(assignment, snapshot),
        ...effective,
      ],
    };
  });
  return { sentences, reason };
}

interface StoreGroup {
  /** All by which assignments may name it: its id, or its place in a plan. */
  readonly ids: readonly string[];
  readonly said: Phrase;
}

function groupOf(timeline: Timeline, snapshot: Snapshot, { byType }: PlanContext): StoreGroup {
  const id = textAt(timeline.at[snapshot], "group_id");
  const linked = timeline.links.group_id ?? [];
  const declared = (byType.get("aws_identitystore_group") ?? []).find(
    ({ stack, address, at }) =>
      (stack === timeline.stack && linked.includes(address)) ||
      (id !== undefined && textAt(at[snapshot], "group_id") === id),
  );
  const name = textAt(declared?.at[snapshot], "display_name") ?? id ?? timeline.address;
  const place = declared === undefined ? [] : [resourceKey(declared.stack, declared.address)];
  return {
    ids: [...(id === undefined ? [] : [id]), ...place],
    said: ["identity store group ", quoted(name)],
  };
}

function assignmentsOf(
  ids: readonly string[],
  snapshot: Snapshot,
  { principals }: PlanContext,
): readonly { readonly set: Principal; readonly assignment: Timeline }[] {
  return [...principals["permission set"].byKey.values()].flatMap((set) =>
    (set.parts.get(ASSIGNMENT) ?? [])
      .filter(({ timeline, owners }) => {
        const id = textAt(timeline.at[snapshot], "principal_id");
        const places = (timeline.links.principal_id ?? []).map((one) => resourceKey(timeline.stack, one));
        const names = [...(id === undefined ? [] : [id]), ...places];
        return owners[snapshot].includes(set.key) && names.some((one) => ids.includes(one));
      })
      .map(({ timeline }) => ({ set, assignment: timeline })),
  );
}
