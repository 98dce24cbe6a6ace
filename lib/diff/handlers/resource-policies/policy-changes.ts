import { type Phrase, plainText } from "../../../describe/phrase";
import { isTouched, type PlanContext, type Step } from "../../context/plan-context";
import type { PolicyReading } from "../../context/policy-reading";
import type { Snapshot, Timeline } from "../../context/timelines";
import type { Comparison } from "../../coverage/examined";
import { canonical } from "../../model/change";
import { type AccessHandler, handlerOf } from "../handler";
import type { ComparedPolicies, Readable } from "./comparison";
import type { PolicyOwner } from "./owner";

/** A resource with a policy, and how its policies are read and compared. */
export interface PolicyItem {
  readonly owner: PolicyOwner;
  readonly readAt: (snapshot: Snapshot) => PolicyReading;
  readonly compare: (before: Readable, after: Readable, context: PlanContext) => ComparedPolicies;
}

/** A handler that compares who may do what with a resource by its own policy. */
export function policyHandler({
  name,
  comparison,
  itemsIn,
}: {
  readonly name: string;
  readonly comparison: Comparison;
  readonly itemsIn: (context: PlanContext) => readonly PolicyItem[];
}): AccessHandler {
  return handlerOf<PolicyItem, PolicyReading, ComparedPolicies>({
    name,
    comparison,
    itemsIn: (step, context) =>
      itemsIn(context).filter(({ owner }) => owner.parts.some((one) => isTouched(one, step))),
    normalise: ({ readAt }, snapshot) => readAt(snapshot),
    dataOf: (reading) => data(reading, canonical),
    compare: ({ item, before, after, step, context }) => {
      const text = step.source === "plan" ? (policy: string) => policy : canonical;
      const isAlike = data(before, text) === data(after, text);
      const isHidden = [before, after].some((one) => one.kind === "unknown" && one.text === undefined);
      if (isAlike && !(isHidden && step.source === "plan")) return undefined;
      const found = compared(item, step, context, before, after);
      // A new bucket that gives no one else access, or a destroyed one that gave none.
      return found.relation === "same" && isNewOrGone(item.owner, step) ? undefined : found;
    },
    describe: ({ relation, reason, sentences, risks }, { item: { owner }, step }) => {
      const touched = owner.parts.filter((one) => isTouched(one, step));
      const own = touched.filter((one) => changesPolicy(owner, one, step));
      return {
        stack: touched[0]?.stack ?? "",
        aspect: owner.aspect,
        subject: owner.subject ?? owner.name,
        addresses: (own.length === 0 ? touched : own).map(({ address }) => address),
        relation,
        sentences,
        reasons: reason,
        ...(risks === undefined ? {} : { risks }),
      };
    },
  });
}

function compared(
  { owner, compare }: PolicyItem,
  step: Step,
  context: PlanContext,
  before: PolicyReading,
  after: PolicyReading,
): ComparedPolicies {
  if (before.kind !== "unknown" && after.kind !== "unknown")
    return whileThere(compare(before, after, context), owner, step);
  const isSame = textOf(before) !== undefined && textOf(before) === textOf(after);
  if (isSame) return { relation: "same", reason: [], sentences: [] };
  return { relation: "unknown", reason: unreadable(before, after), sentences: [] };
}

function textOf(reading: PolicyReading): string | undefined {
  return reading.kind === "none" || reading.text === undefined ? undefined : canonical(reading.text);
}

function isNewOrGone(owner: PolicyOwner, { from, to }: Step): boolean {
  return !owner.isThereAt(from) || !owner.isThereAt(to);
}

/** A new resource denies no existing access, and a destroyed resource grants none. */
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
      ? [["the current policy ", ...before.reason]]
      : []),
    ...(after.kind === "unknown" ? [["its policy ", ...after.reason]] : []),
  ];
}
