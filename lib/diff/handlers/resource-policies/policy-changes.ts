import { joinPhrases, type Phrase, plainText } from "../../../describe/phrase";
import { isTouched, type Step } from "../../context/plan-context";
import type { PolicyReading } from "../../context/policy-reading";
import type { Snapshot, Timeline } from "../../context/timelines";
import type { AccessChange } from "../../model/access-change";
import { canonical, changeOf } from "../../model/change";
import { driftOutcome } from "../../model/drift-outcome";
import type { ComparedPolicies, Readable } from "./comparison";
import type { PolicyOwner } from "./owner";

/** How the policies of one resource are read and compared. */
export interface PolicyComparer {
  readonly readAt: (snapshot: Snapshot) => PolicyReading;
  readonly compare: (before: Readable, after: Readable) => ComparedPolicies;
}

/** Who may do what with a resource by its own policy, before and after. */
export function resourcePolicyChangesOf(
  owner: PolicyOwner,
  step: Step,
  comparer: PolicyComparer,
): readonly AccessChange[] {
  const touched = owner.parts.filter((one) => isTouched(one, step));
  const [first] = touched;
  if (first === undefined) return [];
  const [before, after] = [comparer.readAt(step.from), comparer.readAt(step.to)];
  const asTold = step.source === "plan" ? (text: string) => text : canonical;
  const isAlike = data(before, asTold) === data(after, asTold);
  const isHidden = [before, after].some((one) => one.kind === "unknown" && one.text === undefined);
  if (isAlike && !(isHidden && step.source === "plan")) return [];
  const { relation, reason, sentences } = compared(owner, step, comparer, before, after);
  // A new bucket that nobody else gets into, or one that nobody got into and is gone.
  if (relation === "same" && isAsGone(owner, step)) return [];
  const outcome: readonly Phrase[] =
    step.source === "drift"
      ? [
          driftOutcome(
            data(before, canonical),
            data(after, canonical),
            data(comparer.readAt("planned"), canonical),
          ),
        ]
      : [];
  const reasons = joinPhrases([...reason, ...outcome], "; ");
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

function compared(
  owner: PolicyOwner,
  step: Step,
  { compare }: PolicyComparer,
  before: PolicyReading,
  after: PolicyReading,
): ComparedPolicies {
  if (before.kind !== "unknown" && after.kind !== "unknown")
    return whileThere(compare(before, after), owner, step);
  const isSame = textOf(before) !== undefined && textOf(before) === textOf(after);
  if (isSame) return { relation: "same", reason: [], sentences: [] };
  return { relation: "unknown", reason: unreadable(before, after), sentences: [] };
}

function textOf(reading: PolicyReading): string | undefined {
  return reading.kind === "none" || reading.text === undefined ? undefined : canonical(reading.text);
}

function isAsGone(owner: PolicyOwner, { from, to }: Step): boolean {
  return !owner.isThereAt(from) || !owner.isThereAt(to);
}

/**
 * From a resource that was not there nobody is kept out now, and into one that is gone nobody gets
 * any more.
 */
function whileThere(found: ComparedPolicies, owner: PolicyOwner, { from, to }: Step): ComparedPolicies {
  const [isNew, isGone] = [!owner.isThereAt(from), !owner.isThereAt(to)];
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
  if (reading.text !== undefined) return text(reading.text);
  return reading.kind === "unknown" ? plainText(reading.reason) : null;
}

function unreadable(before: PolicyReading, after: PolicyReading): readonly Phrase[] {
  return [
    ...(before.kind === "unknown" && after.kind !== "unknown"
      ? [["the policy that is there ", ...before.reason]]
      : []),
    ...(after.kind === "unknown" ? [["its policy ", ...after.reason]] : []),
  ];
}
