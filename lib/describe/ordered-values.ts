import { compareDecimals } from "../iam/language/operands/decimal";
import { compareAddresses, networkOf } from "../iam/prove/keys/addresses";
import { writeDate } from "../iam/prove/keys/dates";
import type { OrderedRequirement, SetAnswer } from "../iam/prove/keys/fact";
import {
  type Compare,
  complement,
  type IntervalSet,
  intersection,
  union,
} from "../iam/prove/keys/interval-set";
import { writeDecimal } from "../iam/prove/keys/numbers";
import { someTexts } from "./list";
import { describeMoment } from "./moment";
import { type Phrase, quoted } from "./phrase";

/** What is required of a number, date or address, in the policies' terms; empty: nothing. */
export function describeOrdered(requirement: OrderedRequirement): string {
  if (requirement.answers.length === 0) return "";
  switch (requirement.type) {
    case "number":
      return sayStretches(requirement.answers, {
        compare: compareDecimals,
        below: (bound) => `< ${writeDecimal(bound)}`,
        atMost: (bound) => `<= ${writeDecimal(bound)}`,
        above: (bound) => `> ${writeDecimal(bound)}`,
        atLeast: (bound) => `>= ${writeDecimal(bound)}`,
        only: (bound) => `= ${writeDecimal(bound)}`,
      });
    case "date":
      return sayStretches(requirement.answers, {
        compare: (one, other) => one - other,
        below: (bound) => `before ${describeDate(bound)}`,
        atMost: (bound) => `until ${describeDate(bound)}`,
        above: (bound) => `after ${describeDate(bound)}`,
        atLeast: (bound) => `from ${describeDate(bound)} on`,
        only: (bound) => `at ${describeDate(bound)} exactly`,
      });
    case "address":
      return sayNetworks(requirement.answers);
  }
}

/** Days in words (1 March 2027), other dates with their time. */
export function describeDate(moment: number): string {
  const text = writeDate(moment);
  return text.endsWith("T00:00:00Z") ? describeMoment(text) : text;
}

/** Such as `in 10.0.0.0/8 but outside 10.1.0.0/16`; what follows from the rest is left out. */
function sayNetworks(known: readonly SetAnswer<bigint>[]): string {
  const inside = known.filter(({ isIn }) => isIn);
  const common = together(inside.map(({ set }) => set));
  const all = together(known.map(({ set, isIn }) => (isIn ? set : complement(set))));
  const narrowest = inside.find(({ set }) => areEqual(set, common));
  const shown = (narrowest === undefined ? inside : [narrowest]).map(({ texts }) => namedIn(texts, all));
  const around = together(
    shown.map((texts) =>
      union(
        texts.flatMap((text) => networkOf(text) ?? []),
        compareAddresses,
      ),
    ),
  );
  const isIn = shown.map((texts) => `in ${someTexts(texts.map(inWords), "or")}`);
  const isOut = known.flatMap((one) => {
    const texts = one.isIn ? [] : namedIn(one.texts, around);
    return texts.length === 0 ? [] : [outsideOf(texts)];
  });
  const isOfAny = isIn.length === 1 && /^in any IPv\d address$/.test(isIn[0] ?? "");
  return [isIn.join(" and "), isOut.join(" and ")]
    .filter((part) => part !== "")
    .join(isOfAny ? " " : " but ");
}

/** Networks that are all addresses of a kind. */
const EVERY: ReadonlyMap<string, string> = new Map([
  ["0.0.0.0/0", "any IPv4 address"],
  ["::/0", "any IPv6 address"],
]);

function inWords(text: string): string {
  return EVERY.get(text) ?? text;
}

/** Addresses are of two kinds: what is outside of all of one is in the other. */
function outsideOf(texts: readonly string[]): string {
  if (texts.length === 1 && texts[0] === "0.0.0.0/0") return "in any IPv6 address";
  if (texts.length === 1 && texts[0] === "::/0") return "in any IPv4 address";
  return `outside ${someTexts(texts, "and")}`;
}

/** A network by what it is: any IPv4 address; `10.0.0.0/8`. */
export function addressPhrase(text: string): Phrase {
  const words = EVERY.get(text);
  return [words ?? quoted(text)];
}

function together(sets: readonly IntervalSet<bigint>[]): IntervalSet<bigint> {
  return intersection(sets, compareAddresses);
}

/** The networks that reach into a set, but such as are part of another of them. */
function namedIn(texts: readonly string[], set: IntervalSet<bigint>): readonly string[] {
  const reaching = texts.flatMap((text) => {
    const network = networkOf(text);
    const [first, end] = network?.cuts.map(({ at }) => at) ?? [];
    if (network === undefined || first === undefined || end === undefined) return [];
    return areEqual(together([network, set]), NOTHING) ? [] : [{ text, first, end }];
  });
  // The larger ones come first, so that each is part of one before it, if of any.
  const sorted = [...reaching].sort(
    (one, other) => compareAddresses(one.first, other.first) || compareAddresses(other.end, one.end),
  );
  const whole = new Set<string>();
  let last = -1n;
  for (const { text, end } of sorted) {
    if (end <= last) continue;
    whole.add(text);
    last = end;
  }
  return reaching.map(({ text }) => text).filter((text) => whole.has(text));
}

const NOTHING: IntervalSet<bigint> = { startsInside: false, cuts: [] };

function areEqual(one: IntervalSet<bigint>, other: IntervalSet<bigint>): boolean {
  if (one.startsInside !== other.startsInside || one.cuts.length !== other.cuts.length) return false;
  return one.cuts.every((cut, at) => other.cuts[at]?.at === cut.at);
}

interface BoundWords<V> {
  readonly compare: Compare<V>;
  readonly below: (bound: V) => string;
  readonly atMost: (bound: V) => string;
  readonly above: (bound: V) => string;
  readonly atLeast: (bound: V) => string;
  readonly only: (bound: V) => string;
}

/** All that is known together, such as `at least 5 and below 10`. */
function sayStretches<V>(known: readonly SetAnswer<V>[], words: BoundWords<V>): string {
  const sets = known.map(({ set, isIn }) => (isIn ? set : complement(set)));
  const { startsInside, cuts } = intersection(sets, words.compare);
  const stretches: string[] = [];
  for (let at = startsInside ? -1 : 0; at < cuts.length; at += 2) {
    const [low, high] = [cuts[at], cuts[at + 1]];
    if (low !== undefined && high !== undefined && words.compare(low.at, high.at) === 0) {
      stretches.push(words.only(low.at));
      continue;
    }
    const parts = [
      ...(low === undefined ? [] : [(low.isAfter ? words.above : words.atLeast)(low.at)]),
      ...(high === undefined ? [] : [(high.isAfter ? words.atMost : words.below)(high.at)]),
    ];
    stretches.push(parts.join(" and "));
  }
  return stretches.join(" or ");
}
