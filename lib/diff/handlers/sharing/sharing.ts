import { joinPhrases, type Phrase, quoted } from "../../../describe/phrase";
import { type Relation, together } from "../../../describe/relation";
import { isTouched, type PlanContext, type Step } from "../../context/plan-context";
import { whyLater } from "../../context/policy-reading";
import type { Snapshot, Timeline } from "../../context/timelines";
import type { AccessChange, AccessSentence } from "../../model/access-change";
import { changeOf } from "../../model/change";
import { driftOutcome } from "../../model/drift-outcome";
import type { AttributeValue } from "../../model/facts";
import { grantPaths, topOf } from "./share-attributes";
import type { GrantSentences, ShareRule } from "./share-rules";
import { SHARE_TYPES } from "./share-types";
import { objectName, ruleOf, type Shares, sharesAt } from "./shares";

interface Sharing {
  readonly timeline: Timeline;
  readonly rule: ShareRule;
  readonly at: (snapshot: Snapshot) => Shares;
}

/**
 * Who gets what by shares, permissions and settings of resources, and who no longer does. Grants
 * are compared over all plans together: one that moves to another address is none that is new.
 */
export function shareChangesIn(step: Step, { timelines }: PlanContext): readonly AccessChange[] {
  // By the names of attributes only where something is done: there are tens of thousands of
  // resources in a large plan.
  const looked = timelines.filter((one) => one.type in SHARE_TYPES || isTouched(one, step));
  const sharing = looked.flatMap((timeline): readonly Sharing[] => {
    const rule = ruleOf(timeline);
    if (rule === undefined) return [];
    return [{ timeline, rule, at: (snapshot) => sharesAt(timeline, rule, snapshot) }];
  });
  if (!sharing.some(({ timeline }) => isTouched(timeline, step))) return [];
  const keysAt = (snapshot: Snapshot) => new Set(sharing.flatMap(({ at }) => [...at(snapshot).keys()]));
  const [before, after] = [keysAt(step.from), keysAt(step.to)];
  return sharing.flatMap((one) => (isTouched(one.timeline, step) ? changeIn(one, step, before, after) : []));
}

function changeIn(
  { timeline, rule, at }: Sharing,
  step: Step,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): readonly AccessChange[] {
  const [was, is] = [at(step.from), at(step.to)];
  const gained = [...is].filter(([key]) => !before.has(key));
  const lost = [...was].filter(([key]) => !after.has(key));
  const unknown = [...hiddenIn(timeline, rule, step), ...alteredIn(timeline, rule, step)];
  if (gained.length + lost.length + unknown.length === 0) return [];
  const relations = [
    ...(unknown.length > 0 ? ["unknown" as const] : []),
    ...gained.map((): Relation => "broader"),
    ...lost.map((): Relation => "narrower"),
  ];
  const outcome: readonly Phrase[] =
    step.source === "drift" ? [driftOutcome([...was.keys()], [...is.keys()], [...at("planned").keys()])] : [];
  const reasons = joinPhrases([...unknown, ...outcome], "; ");
  return [
    changeOf({
      stack: timeline.stack,
      aspect: "sharing",
      subject: objectName(timeline, rule, timeline.at[step.to] === undefined ? step.from : step.to),
      addresses: [timeline.address],
      source: step.source,
      relation: together(relations),
      ...(timeline.account === undefined ? {} : { account: timeline.account }),
      ...(reasons.length === 0 ? {} : { reason: reasons }),
      sentences: [...told(gained, "gained"), ...told(lost, "lost")],
      before: dataOf(timeline, rule, step.from),
      after: dataOf(timeline, rule, step.to),
    }),
  ];
}

/** So many grants are told of one resource in each direction. */
const MOST = 12;

function told(
  grants: readonly (readonly [string, GrantSentences])[],
  effect: AccessSentence["effect"],
): readonly AccessSentence[] {
  const sentences = grants
    .slice(0, MOST)
    .map(([, one]): AccessSentence => ({ effect, people: [], phrase: one[effect] }));
  if (grants.length <= MOST) return sentences;
  return [...sentences, { effect, people: [], phrase: [`and ${grants.length - MOST} more`] }];
}

/** Grants that are not known, before or after; what nobody configured is the provider's affair. */
function hiddenIn(timeline: Timeline, rule: ShareRule, step: Step): readonly Phrase[] {
  return namesOf(grantPaths(rule)).flatMap((name) => {
    const value = [step.to, step.from].map((snapshot) => timeline.at[snapshot]?.[name]).find(isHidden);
    if (value === undefined || timeline.configured?.includes(name) === false) return [];
    return [[quoted(name), " ", ...whyHidden(value)]];
  });
}

function isHidden(value: AttributeValue | undefined): value is Exclude<AttributeValue, { kind: "value" }> {
  return value !== undefined && value.kind !== "value";
}

function whyHidden(value: Exclude<AttributeValue, { kind: "value" }>): Phrase {
  return value.kind === "later" ? whyLater(value) : ["is marked as sensitive"];
}

/** Of what is there before and after, what qualifies the grants and changes. */
function alteredIn({ at, configured }: Timeline, { alters = [] }: ShareRule, step: Step): readonly Phrase[] {
  const [before, after] = [at[step.from], at[step.to]];
  if (before === undefined || after === undefined) return [];
  const changed = namesOf(alters).filter(
    (name) =>
      JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null) &&
      !(after[name]?.kind === "later" && configured?.includes(name) === false),
  );
  return changed.map((name) => ["not compared: ", quoted(name)]);
}

function namesOf(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map(topOf))];
}

function dataOf({ at }: Timeline, rule: ShareRule, snapshot: Snapshot): unknown {
  const attributes = at[snapshot];
  if (attributes === undefined) return null;
  const names = namesOf([...rule.object, ...grantPaths(rule), ...(rule.alters ?? [])]);
  return names.map((name) => [name, attributes[name] ?? null]);
}
