/** The last code point that has another case, in the alphabet of Adlam, with room for more of that plane. */
const LAST_CASED = 0x1_ffff;

let index: ReadonlyMap<number, readonly number[]> | undefined;

/**
 * The characters that are the same when case is ignored, itself among them, in ascending order: those with the same lower case
 * (Unicode's simple mapping). A character whose lower case is more than one character stands alone.
 */
export function caseVariants(code: number): readonly number[] {
  index ??= buildIndex();
  return index.get(lowerCase(code)) ?? [code];
}

/** One character's lower case; itself where that would be several characters. */
export function lowerCase(code: number): number {
  const lower = String.fromCodePoint(code).toLowerCase();
  const lowered = lower.codePointAt(0) ?? code;
  return lower.length === String.fromCodePoint(lowered).length ? lowered : code;
}

function buildIndex(): ReadonlyMap<number, readonly number[]> {
  const variants = new Map<number, number[]>();
  for (let code = 0; code <= LAST_CASED; code++) {
    const lower = lowerCase(code);
    if (lower !== code) variants.set(lower, [...(variants.get(lower) ?? [lower]), code]);
  }
  for (const list of variants.values()) list.sort((one, other) => one - other);
  return variants;
}
