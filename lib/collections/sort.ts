/** Entries sorted by key in code-unit order, which does not depend on the locale. */
export function sortedEntries<Value>(
  map: Readonly<Record<string, Value>>,
): readonly (readonly [string, Value])[] {
  return Object.entries(map).sort(([left], [right]) => compareText(left, right));
}

/** Compares texts in code-unit order, for `sort`. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
