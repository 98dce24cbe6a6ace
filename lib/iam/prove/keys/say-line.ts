import { type Compare, complement, intersection, type LineSet } from "./line-set";

/** What is known of a value: whether it is in a set, which a policy writes like this. */
export interface Known<V> {
  readonly set: LineSet<V>;
  readonly isIn: boolean;
  readonly texts: readonly string[];
}

export interface BoundWords<V> {
  readonly compare: Compare<V>;
  readonly below: (bound: V) => string;
  readonly atMost: (bound: V) => string;
  readonly above: (bound: V) => string;
  readonly atLeast: (bound: V) => string;
  readonly only: (bound: V) => string;
}

/** All that is known together, such as `at least 5 and below 10`. */
export function sayStretches<V>(known: readonly Known<V>[], words: BoundWords<V>): string {
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

/** More than these are not all said. */
const MOST_SAID = 4;

/** Some of many, and how many more there are. */
export function listed(texts: readonly string[], last: " or " | " and "): string {
  if (texts.length <= MOST_SAID) return texts.join(last);
  return `${texts.slice(0, MOST_SAID - 1).join(", ")}${last}${texts.length - MOST_SAID + 1} more`;
}
