import type { OperatorBase, Value } from "../../language/policy";
import type { OrderedRequirement, SetAnswer } from "./fact";
import { type Compare, type Cut, compareCuts, type IntervalSet, union } from "./interval-set";

/** The values of an ordered type: numbers, dates, addresses. */
export interface OrderedType<V> {
  readonly compare: Compare<V>;
  /** Undefined: the text is no value of the type. The same that the evaluator reads. */
  readonly read: (text: string) => V | undefined;
  /** As a request may write it. */
  readonly write: (value: V) => string;
  /** A unique text for each value and each bound. */
  readonly identify: (value: V) => string;
  /**
   * The values that one value of a policy wants. Undefined: its operator does not compare values of
   * this type.
   */
  readonly wanted: (base: OperatorBase, text: string) => IntervalSet<V> | undefined;
  /**
   * Values between two cuts that requests may have, the one that reads best first; undefined: no
   * cut, the line ends there. No more than the first that is there is needed. Empty: no text is
   * such a value.
   */
  readonly pick: (low: Cut<V> | undefined, high: Cut<V> | undefined) => readonly V[];
  /** Places that are told apart in any case. */
  readonly seams: readonly Cut<V>[];
  /** Whether a value reads well as an example of all that are like it. */
  readonly isUsual: (value: V) => boolean;
  readonly requirement: (answers: readonly SetAnswer<V>[]) => OrderedRequirement;
}

/**
 * What the values of a condition want together. Undefined: the operator does not compare values of
 * this type.
 */
export function wantedBy<V>(
  line: OrderedType<V>,
  base: OperatorBase,
  values: readonly Value[],
): IntervalSet<V> | undefined {
  const sets: IntervalSet<V>[] = [];
  for (const { text } of values) {
    const set = line.wanted(base, text);
    if (set === undefined) return undefined;
    sets.push(set);
  }
  return union(sets, line.compare);
}

/**
 * One value of each class that the sets make: between two neighbouring cuts all values are in the
 * same sets. Usual values come first, and single values after those that stand for others too.
 */
export function valuesApart<V>(line: OrderedType<V>, sets: readonly IntervalSet<V>[]): readonly V[] {
  const sorted = [...line.seams, ...sets.flatMap(({ cuts }) => cuts)].sort((one, other) =>
    compareCuts(one, other, line.compare),
  );
  const cuts = sorted.filter((cut, at) => {
    const last = sorted[at - 1];
    return last === undefined || compareCuts(last, cut, line.compare) !== 0;
  });
  const stretches: V[] = [];
  const points: V[] = [];
  for (let at = 0; at <= cuts.length; at++) {
    const [low, high] = [cuts[at - 1], cuts[at]];
    const [value] = line.pick(low, high);
    if (value === undefined) continue;
    const isPoint = low !== undefined && high !== undefined && line.compare(low.at, high.at) === 0;
    (isPoint ? points : stretches).push(value);
  }
  const usual = stretches.filter(line.isUsual);
  return [...usual, ...stretches.filter((one) => !line.isUsual(one)), ...points];
}

/** Whether a value lies between the cuts. */
export function isBetween<V>(
  value: V,
  low: Cut<V> | undefined,
  high: Cut<V> | undefined,
  compare: Compare<V>,
): boolean {
  if (low !== undefined && !(compare(value, low.at) > 0 || (compare(value, low.at) === 0 && !low.isAfter)))
    return false;
  return high === undefined || compare(value, high.at) < 0 || (compare(value, high.at) === 0 && high.isAfter);
}
