import { joinPhrases, type Phrase, plainText, quoted } from "../../../describe/phrase";
import { type Relation, together } from "../../../describe/relation";
import { isTouched, type PlanContext, type Step } from "../../context/plan-context";
import { type Snapshot, type Timeline, textAt } from "../../context/timelines";
import type { AccessChange, AccessSentence } from "../../model/access-change";
import { changeOf } from "../../model/change";
import { driftOutcome } from "../../model/drift-outcome";
import { PROFILE, RoleUses, type UsedRole, type UsedRoles } from "./used-roles";
import { recipientAttributes, verbsOf } from "./verbs";

/** Types whose roles other comparisons look at: what they hold is no use of a role. */
const ELSEWHERE = /^aws_iam_(?!instance_profile$)|^data\./;

/**
 * Resources that run as a role, before and after: whoever controls one of them can do what its role
 * may do. A new one gains all of it, another role is another gain.
 */
export function runsAsChangesOf(step: Step, context: PlanContext): readonly AccessChange[] {
  const uses = new RoleUses(context);
  return context.timelines
    .filter((one) => !ELSEWHERE.test(one.type) && isTouched(one, step))
    .flatMap((one) => changeIn(one, step, uses));
}

function changeIn(timeline: Timeline, step: Step, uses: RoleUses): readonly AccessChange[] {
  const at = (snapshot: Snapshot) => uses.at(timeline, snapshot);
  const [before, after] = [at(step.from), at(step.to)];
  const isUnknown = after.unknown.length + before.unknown.length > 0;
  const data = (snapshot: Snapshot, used: UsedRoles) => dataOf(timeline, snapshot, used);
  const [from, to] = [data(step.from, before), data(step.to, after)];
  if (from === to && !(isUnknown && step.source === "plan")) return [];
  // Others get the same role.
  const isForOthers = whoseAt(timeline, step.from) !== whoseAt(timeline, step.to);
  const only = (one: UsedRoles, other: UsedRoles) =>
    [...one.roles.values()].filter(({ id }) => isForOthers || !other.roles.has(id));
  // What is known only after apply may be the role that it is now.
  const lost = after.unknown.length > 0 ? [] : only(before, after);
  const gained = before.unknown.length > 0 && step.source === "drift" ? [] : only(after, before);
  const sentences = [
    ...gained.map((role) => sentenceOf(timeline, "gained", step.to, role)),
    ...lost.map((role) => sentenceOf(timeline, "lost", step.from, role)),
  ];
  if (sentences.length === 0 && !isUnknown) return [];
  const relations = sentences.map(({ effect }): Relation => (effect === "gained" ? "broader" : "narrower"));
  const reasons: readonly Phrase[] = [
    ...distinct([...before.unknown, ...after.unknown]),
    ...(step.source === "drift" ? [driftOutcome(from, to, data("planned", at("planned")))] : []),
  ];
  const { stack, address, account } = timeline;
  return [
    changeOf({
      stack,
      aspect: "runs-as",
      subject: address,
      addresses: [address],
      source: step.source,
      relation: isUnknown ? "unknown" : together(relations),
      sentences,
      before: from,
      after: to,
      ...(account === undefined ? {} : { account }),
      ...(reasons.length === 0 ? {} : { reason: joinPhrases(reasons, "; ") }),
    }),
  ];
}

function sentenceOf(
  timeline: Timeline,
  effect: AccessSentence["effect"],
  snapshot: Snapshot,
  { said, effective }: UsedRole,
): AccessSentence {
  const verb = verbsOf(timeline.type)[effect];
  const what: Phrase =
    timeline.type === PROFILE
      ? ["whatever has instance profile ", quoted(textAt(timeline.at[snapshot], "name") ?? timeline.address)]
      : [quoted(timeline.address)];
  return {
    effect,
    people: [],
    phrase: [...what, verb, ...said, ...(effect === "gained" ? [", ", ...effective] : [])],
  };
}

function whoseAt({ type, at }: Timeline, snapshot: Snapshot): string {
  const attributes = at[snapshot];
  return attributes === undefined
    ? ""
    : JSON.stringify(recipientAttributes(type).map((name) => attributes[name] ?? null));
}

function dataOf(timeline: Timeline, snapshot: Snapshot, { roles, unknown }: UsedRoles): string {
  return JSON.stringify([[...roles.keys()].sort(), unknown.map(plainText), whoseAt(timeline, snapshot)]);
}

function distinct(phrases: readonly Phrase[]): readonly Phrase[] {
  return [...new Map(phrases.map((one) => [plainText(one), one])).values()];
}
