import type { Budget } from "../../automata/budget";

/** A value that stands for all values which are in the same sets. */
export interface Cell<T> {
  readonly value: T;
  readonly members: readonly boolean[];
  /** Whether no list holds it beside others. */
  readonly isAlone: boolean;
}

/**
 * One value or a list, by what can be asked of it: whether some and whether all of its values are
 * in a set.
 */
export interface Combination<T> {
  readonly values: readonly T[];
  readonly some: readonly boolean[];
  readonly every: readonly boolean[];
}

/**
 * Each value by itself and, of a list, two of them, and so on while that makes a difference. Short
 * lists come first.
 *
 * @throws ProjectError `proof-budget-spent`
 */
export function combinationsOf<T>(
  cells: readonly Cell<T>[],
  isList: boolean,
  budget: Budget,
): readonly Combination<T>[] {
  const known = new Map<string, Combination<T>>();
  const add = (combination: Combination<T>): void => {
    const key = `${combination.some.join()} ${combination.every.join()}`;
    budget.spend(combination.some.length + 1);
    if (!known.has(key)) known.set(key, combination);
  };
  for (const { value, members } of cells) add({ values: [value], some: members, every: members });
  if (!isList) return [...known.values()];
  const together = cells.filter(({ isAlone }) => !isAlone);
  const alone = new Set(cells.flatMap(({ isAlone, value }) => (isAlone ? [value] : [])));
  // A map keeps the order in which its entries came, and shows those that come while one walks
  // through it.
  for (const { values, some, every } of known.values()) {
    if (values.some((one) => alone.has(one))) continue;
    for (const { value, members } of together) {
      add({
        values: [...values, value],
        some: some.map((one, at) => one || members[at] === true),
        every: every.map((one, at) => one && members[at] === true),
      });
    }
  }
  return [...known.values()];
}
