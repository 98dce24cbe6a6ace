import { joinPhrases, type Phrase, quoted } from "../../../describe/phrase";
import { isTouched, type Scene, type Step } from "../../context/plan-context";
import { sayLater } from "../../context/policy-reading";
import { sayPrincipal } from "../../context/principal-names";
import { type Principal, placeIn } from "../../context/principals";
import { type Moment, type Timeline, textAt } from "../../context/timelines";
import type { AccessChange, AccessSentence, Relation } from "../../model/access-change";
import { changeOf } from "../../model/change";
import { fateOf } from "../../model/drift-outcome";
import { together } from "../../model/relations";
import { ASSIGNMENT, sayTarget } from "../../permissions/assignments";
import { sayRights } from "../../permissions/say-permissions";

const MEMBERSHIP = "aws_identitystore_group_membership";

/**
 * Users of IAM Identity Center that come into a group or leave it: they get or lose the permission
 * sets that are assigned to the group, in plans or outside of them.
 */
export function identityStoreChangesOf(step: Step, scene: Scene): readonly AccessChange[] {
  return (scene.byType.get(MEMBERSHIP) ?? [])
    .filter((one) => isTouched(one, step))
    .flatMap((one) => changeIn(one, step, scene));
}

function changeIn(timeline: Timeline, step: Step, scene: Scene): readonly AccessChange[] {
  const at = (moment: Moment) => membershipAt(timeline, moment);
  const [before, after] = [at(step.from), at(step.to)];
  if (before === after) return [];
  const sides = [
    { effect: "gained" as const, moment: step.to, membership: after },
    { effect: "lost" as const, moment: step.from, membership: before },
  ].filter(({ membership }) => membership !== undefined);
  const told = sides.map(({ effect, moment }) => sideOf(timeline, effect, moment, scene));
  const sentences = told.flatMap((one) => one.sentences);
  const relations = sentences.map(({ effect }): Relation => (effect === "gained" ? "broader" : "narrower"));
  const reasons = [
    ...told.map(({ reason }) => reason),
    ...(step.source === "drift" ? [fateOf(before ?? null, after ?? null, at("planned") ?? null)] : []),
  ];
  return [
    changeOf({
      stack: timeline.stack,
      aspect: "credentials",
      subject: timeline.address,
      addresses: [timeline.address],
      source: step.source,
      // What is assigned elsewhere is in no plan, so that a gain is never all of it, and no gain is
      // not known.
      relation: relations.includes("broader") ? together(relations) : "unknown",
      sentences,
      reason: joinPhrases(reasons, "; "),
      before: before ?? null,
      after: after ?? null,
      ...(timeline.account === undefined ? {} : { account: timeline.account }),
    }),
  ];
}

function membershipAt({ at }: Timeline, moment: Moment): string | undefined {
  const attributes = at[moment];
  if (attributes === undefined) return undefined;
  return JSON.stringify([attributes.group_id ?? null, attributes.member_id ?? null]);
}

interface Side {
  readonly sentences: readonly AccessSentence[];
  readonly reason: Phrase;
}

function sideOf(timeline: Timeline, effect: AccessSentence["effect"], moment: Moment, scene: Scene): Side {
  const held = timeline.at[moment]?.group_id;
  const member = textAt(timeline.at[moment], "member_id");
  const who: Phrase = ["identity store user ", quoted(member ?? timeline.address)];
  const group = groupOf(timeline, moment, scene);
  const reason: Phrase = [
    "the permission sets assigned to ",
    ...group.said,
    " outside of the plans are not known",
    ...(held?.kind === "later" && group.ids.length === 0 ? [": its id ", ...sayLater(held)] : []),
  ];
  const sentences = assignmentsOf(group.ids, moment, scene).map(({ set, assignment }): AccessSentence => {
    const can = effect === "gained" ? " can now use " : " can no longer use ";
    const rights: Phrase = effect === "gained" ? [", ", ...sayRights(set, moment, scene)] : [];
    return {
      effect,
      people: [],
      phrase: [...who, can, ...sayPrincipal(set), " in ", ...sayTarget(assignment, moment), ...rights],
    };
  });
  return { sentences, reason };
}

interface StoreGroup {
  /** All by which assignments may name it: its id, or its place in a plan. */
  readonly ids: readonly string[];
  readonly said: Phrase;
}

function groupOf(timeline: Timeline, moment: Moment, { byType }: Scene): StoreGroup {
  const id = textAt(timeline.at[moment], "group_id");
  const linked = timeline.links.group_id ?? [];
  const held = (byType.get("aws_identitystore_group") ?? []).find(
    ({ stack, address, at }) =>
      (stack === timeline.stack && linked.includes(address)) ||
      (id !== undefined && textAt(at[moment], "group_id") === id),
  );
  const name = textAt(held?.at[moment], "display_name") ?? id ?? timeline.address;
  const place = held === undefined ? [] : [placeIn(held.stack, held.address)];
  return {
    ids: [...(id === undefined ? [] : [id]), ...place],
    said: ["identity store group ", quoted(name)],
  };
}

function assignmentsOf(
  ids: readonly string[],
  moment: Moment,
  { principals }: Scene,
): readonly { readonly set: Principal; readonly assignment: Timeline }[] {
  return [...principals["permission set"].byKey.values()].flatMap((set) =>
    (set.parts.get(ASSIGNMENT) ?? [])
      .filter(({ timeline, owners }) => {
        const id = textAt(timeline.at[moment], "principal_id");
        const places = (timeline.links.principal_id ?? []).map((one) => placeIn(timeline.stack, one));
        const names = [...(id === undefined ? [] : [id]), ...places];
        return owners[moment].includes(set.key) && names.some((one) => ids.includes(one));
      })
      .map(({ timeline }) => ({ set, assignment: timeline })),
  );
}
