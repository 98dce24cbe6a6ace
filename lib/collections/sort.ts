/** Entries by key in code-unit order, which no locale changes. */
export function sortedEntries<Value>(
  map: Readonly<Record<string, Value>>,
): readonly (readonly [string, Value])[] {
  return Object.entries(map).sort(([left], [right]) => compareText(left, right));
}

/** For `sort`: code-unit order. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
