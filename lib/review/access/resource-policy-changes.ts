import type { AccessChange } from "../model/access-change";
import { joinPhrases, type Phrase, plainText } from "../model/phrase";
import { canonical, changeOf } from "./change";
import { fateOf } from "./fate";
import type { Moment, Timeline } from "./moments";
import { isOwnerThere, type PolicyOwner, policyAt } from "./policy-owner";
import type { PolicyReading } from "./policy-reading";
import { type ComparedPolicies, compareReadings } from "./resource-policy-comparison";
import { isTouched, type Scene, type Step } from "./scene";

/** Who may do what with a resource by its own policy, before and after. */
export function resourcePolicyChangesOf(
  owner: PolicyOwner,
  step: Step,
  { reader }: Scene,
): readonly AccessChange[] {
  const touched = owner.parts.filter((one) => isTouched(one, step));
  const [first] = touched;
  if (first === undefined) return [];
  const at = (moment: Moment) => reader.read(policyAt(owner, moment));
  const [before, after] = [at(step.from), at(step.to)];
  const isUnknown = before.kind === "unknown" || after.kind === "unknown";
  const asTold = step.source === "plan" ? (text: string) => text : canonical;
  const isAlike = data(before, asTold) === data(after, asTold);
  if (isAlike && !(isUnknown && step.source === "plan")) return [];
  const { relation, reason, sentences } = isUnknown
    ? { relation: "unknown" as const, reason: unreadable(before, after), sentences: [] }
    : whileThere(compareReadings(owner, before, after), owner, step);
  // A new bucket that nobody else gets into, or one that nobody got into and is gone.
  if (relation === "same" && (before.kind === "none" || after.kind === "none") && isAsGone(owner, step))
    return [];
  const fate: readonly Phrase[] =
    step.source === "drift"
      ? [fateOf(data(before, canonical), data(after, canonical), data(at("planned"), canonical))]
      : [];
  const reasons = joinPhrases([...reason, ...fate], "; ");
  const own = touched.filter((one) => changesPolicy(owner, one, step));
  return [
    changeOf({
      stack: first.stack,
      aspect: owner.aspect,
      subject: owner.name,
      source: step.source,
      addresses: (own.length === 0 ? touched : own).map(({ address }) => address),
      ...(reasons.length === 0 ? {} : { reason: reasons }),
      relation,
      sentences,
      before: data(before, canonical),
      after: data(after, canonical),
    }),
  ];
}

function isAsGone(owner: PolicyOwner, { from, to }: Step): boolean {
  return !isOwnerThere(owner, from) || !isOwnerThere(owner, to);
}

/** From a resource that was not there nobody is kept out now, and into one that is gone nobody gets any more. */
function whileThere(found: ComparedPolicies, owner: PolicyOwner, { from, to }: Step): ComparedPolicies {
  const [isNew, isGone] = [!isOwnerThere(owner, from), !isOwnerThere(owner, to)];
  const relation: Partial<Record<ComparedPolicies["relation"], ComparedPolicies["relation"]>> = isNew
    ? { narrower: "same", "both-ways": "broader" }
    : isGone
      ? { broader: "same", "both-ways": "narrower" }
      : {};
  const effect = isNew ? "gained" : isGone ? "lost" : undefined;
  return {
    ...found,
    relation: relation[found.relation] ?? found.relation,
    sentences: found.sentences.filter((one) => effect === undefined || one.effect === effect),
  };
}

function changesPolicy({ policyIn }: PolicyOwner, timeline: Timeline, { from, to }: Step): boolean {
  return JSON.stringify(policyIn(timeline, from)) !== JSON.stringify(policyIn(timeline, to));
}

function data(reading: PolicyReading, text: (policy: string) => string): string | null {
  if (reading.kind === "none") return null;
  return reading.kind === "policy" ? text(reading.text) : plainText(reading.reason);
}

function unreadable(before: PolicyReading, after: PolicyReading): readonly Phrase[] {
  return [
    ...(before.kind === "unknown" && after.kind !== "unknown"
      ? [["the policy that is there ", ...before.reason]]
      : []),
    ...(after.kind === "unknown" ? [["its policy ", ...after.reason]] : []),
  ];
}
