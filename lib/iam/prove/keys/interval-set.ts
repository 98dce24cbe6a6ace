/** A place between two neighbors in an order: just before a value, or just after it. */
export interface Cut<V> {
  readonly at: V;
  readonly isAfter: boolean;
}

/**
 * A set of values: whether the lowest ones are in it, and each place where that changes, in
 * ascending order.
 */
export interface IntervalSet<V> {
  readonly startsInside: boolean;
  readonly cuts: readonly Cut<V>[];
}

/** Below 0, 0 or above 0. */
export type Compare<V> = (one: V, other: V) => number;

export function before<V>(at: V): Cut<V> {
  return { at, isAfter: false };
}

export function after<V>(at: V): Cut<V> {
  return { at, isAfter: true };
}

/** All values below the cut. */
export function upTo<V>(cut: Cut<V>): IntervalSet<V> {
  return { startsInside: true, cuts: [cut] };
}

/** All values above the cut. */
export function from<V>(cut: Cut<V>): IntervalSet<V> {
  return { startsInside: false, cuts: [cut] };
}

export function between<V>(low: Cut<V>, high: Cut<V>): IntervalSet<V> {
  return { startsInside: false, cuts: [low, high] };
}

export function complement<V>({ startsInside, cuts }: IntervalSet<V>): IntervalSet<V> {
  return { startsInside: !startsInside, cuts };
}

export function compareCuts<V>(one: Cut<V>, other: Cut<V>, compare: Compare<V>): number {
  return compare(one.at, other.at) || Number(one.isAfter) - Number(other.isAfter);
}

/** The values that are in at least one of the sets; the same values, the same cuts. */
export function union<V>(sets: readonly IntervalSet<V>[], compare: Compare<V>): IntervalSet<V> {
  const changes = sets
    .flatMap(({ cuts }, set) => cuts.map((cut) => ({ cut, set })))
    .sort((one, other) => compareCuts(one.cut, other.cut, compare));
  const isInside = sets.map(({ startsInside }) => startsInside);
  let inside = isInside.filter(Boolean).length;
  const startsInside = inside > 0;
  let wasInside = startsInside;
  const cuts: Cut<V>[] = [];
  for (const [at, { cut, set }] of changes.entries()) {
    isInside[set] = isInside[set] !== true;
    inside += isInside[set] === true ? 1 : -1;
    const next = changes[at + 1];
    if (next !== undefined && compareCuts(cut, next.cut, compare) === 0) continue;
    if (inside > 0 !== wasInside) cuts.push(cut);
    wasInside = inside > 0;
  }
  return { startsInside, cuts };
}

/** The values that are in all of the sets. */
export function intersection<V>(sets: readonly IntervalSet<V>[], compare: Compare<V>): IntervalSet<V> {
  return complement(union(sets.map(complement), compare));
}

export function has<V>({ startsInside, cuts }: IntervalSet<V>, value: V, compare: Compare<V>): boolean {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const cut = cuts[middle];
    if (cut === undefined) break;
    const order = compare(cut.at, value);
    if (order < 0 || (order === 0 && !cut.isAfter)) low = middle + 1;
    else high = middle;
  }
  return startsInside !== (low % 2 === 1);
}
