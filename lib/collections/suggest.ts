/** Names that are compared at most, so that a suggestion takes milliseconds. */
const maxCandidates = 2_000;

/**
 * The candidate that `word` is likely a misspelling of; undefined if none is close enough: one edit
 * for up to four characters, two for up to nine, three for longer words. Ignores case. Among
 * equally close candidates, the first in code-unit order is returned.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 64) return undefined;
  const limit = word.length <= 4 ? 1 : word.length <= 9 ? 2 : 3;
  const wanted = word.toLowerCase();
  let best: { readonly name: string; readonly distance: number } | undefined;
  let compared = 0;
  for (const name of candidates) {
    if (++compared > maxCandidates) break;
    if (Math.abs(name.length - word.length) > limit) continue;
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance > limit || distance >= Math.max(wanted.length, name.length)) continue;
    if (best === undefined || distance < best.distance || (distance === best.distance && name < best.name)) {
      best = { name, distance };
    }
  }
  return best?.name;
}

/** `did you mean "x"?` followed by `otherwise`, or `otherwise` alone. */
export function adviceFor(word: string, candidates: Iterable<string>, otherwise: string): string {
  const close = suggest(word, candidates);
  return close === undefined ? otherwise : `did you mean "${close}"? Otherwise: ${otherwise}`;
}

/**
 * Optimal string alignment: the number of insertions, deletions, replacements and transpositions.
 */
export function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced);
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[right.length] ?? 0;
}
