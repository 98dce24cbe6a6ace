import { type Phrase, quoted } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import { together } from "../../../describe/relation";
import { isTouched, type Step } from "../../context/plan-context";
import { whyLater } from "../../context/policy-reading";
import type { Snapshot, Timeline } from "../../context/timelines";
import type { AccessSentence } from "../../model/access-change";
import { driftOutcome } from "../../model/drift-outcome";
import type { AttributeValue } from "../../model/facts";
import { handlerOf } from "../handler";
import { grantPaths, topOf } from "./share-attributes";
import type { GrantSentences, ShareRule } from "./share-rules";
import { SHARE_TYPES } from "./share-types";
import { objectName, ruleOf, type Shares, sharesAt } from "./shares";

interface Item {
  readonly timeline: Timeline;
  readonly rule: ShareRule;
  /** Keys of all grants of all plans, before and after. */
  readonly all: { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> };
}

interface State {
  readonly shares: Shares;
  readonly data: unknown;
}

interface Difference {
  readonly gained: readonly GrantSentences[];
  readonly lost: readonly GrantSentences[];
  readonly unknown: readonly Phrase[];
}

/**
 * Who gains and loses access by shares, permissions and settings of resources. Grants are compared
 * over all plans together: one that moves to another address is not new.
 */
export const sharing = handlerOf<Item, State, Difference>({
  name: "sharing",
  comparison: "sharing",
  itemsIn: (step, { timelines }) => {
    // By the names of attributes only where something is done: there are tens of thousands of
    // resources in a large plan.
    const looked = timelines.filter((one) => one.type in SHARE_TYPES || isTouched(one, step));
    const found = looked.flatMap((timeline) => {
      const rule = ruleOf(timeline);
      return rule === undefined ? [] : [{ timeline, rule }];
    });
    const touched = found.filter(({ timeline }) => isTouched(timeline, step));
    if (touched.length === 0) return [];
    const keysAt = (snapshot: Snapshot) =>
      new Set(found.flatMap(({ timeline, rule }) => [...sharesAt(timeline, rule, snapshot).keys()]));
    const all = { before: keysAt(step.from), after: keysAt(step.to) };
    return touched.map((one) => ({ ...one, all }));
  },
  normalise: ({ timeline, rule }, snapshot) => ({
    shares: sharesAt(timeline, rule, snapshot),
    data: dataOf(timeline, rule, snapshot),
  }),
  dataOf: ({ data }) => data,
  compare: ({ item: { timeline, rule, all }, before, after, step }) => {
    const gained = [...after.shares].flatMap(([key, one]) => (all.before.has(key) ? [] : [one]));
    const lost = [...before.shares].flatMap(([key, one]) => (all.after.has(key) ? [] : [one]));
    const unknown = [...hiddenIn(timeline, rule, step), ...alteredIn(timeline, rule, step)];
    return gained.length + lost.length + unknown.length === 0 ? undefined : { gained, lost, unknown };
  },
  describe: ({ gained, lost, unknown }, { item: { timeline, rule }, step }) => ({
    stack: timeline.stack,
    account: timeline.account,
    aspect: "sharing",
    subject: objectName(timeline, rule, timeline.at[step.to] === undefined ? step.from : step.to),
    addresses: [timeline.address],
    relation: together([
      ...(unknown.length > 0 ? ["unknown" as const] : []),
      ...gained.map((): Relation => "broader"),
      ...lost.map((): Relation => "narrower"),
    ]),
    sentences: [...sentencesOf(gained, "gained"), ...sentencesOf(lost, "lost")],
    reasons: unknown,
  }),
  describeDrift: ({ before, after }, planned) => {
    const [was, is, next] = [before, after, planned].map(({ shares }) => [...shares.keys()]);
    return [driftOutcome(was, is, next)];
  },
});

/** The largest number of grants that are reported for a resource in each direction. */
const MOST = 12;

function sentencesOf(
  grants: readonly GrantSentences[],
  effect: AccessSentence["effect"],
): readonly AccessSentence[] {
  const sentences = grants
    .slice(0, MOST)
    .map((one): AccessSentence => ({ effect, people: [], phrase: one[effect] }));
  if (grants.length <= MOST) return sentences;
  return [...sentences, { effect, people: [], phrase: [`and ${grants.length - MOST} more`] }];
}

/** Grants that are unknown before or after, without those that the provider computes. */
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

/** Changed qualifiers of grants that exist before and after. */
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
