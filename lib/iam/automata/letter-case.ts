import { remembered } from "../../collections/remembered";

/**
 * The last code point that has another case, in the alphabet of Adlam, with room for more of that
 * plane.
 */
const LAST_CASED = 0x1_ffff;
const LAST_ASCII = 0x7f;
/**
 * The one character beyond ASCII with a lower case in it: the sign for kelvin, which becomes a `k`.
 */
const KELVIN = 0x212a;
const K = "k".charCodeAt(0);

const known = new Map<number, readonly number[]>();
let beyondAscii: ReadonlyMap<number, readonly number[]> | undefined;

/**
 * The characters that are the same when case is ignored, itself among them, in ascending order:
 * those with the same lower case (Unicode's simple mapping). A character whose lower case is more
 * than one character stands alone.
 */
export function caseVariants(code: number): readonly number[] {
  let variants = known.get(code);
  if (variants === undefined) {
    variants = findVariants(code);
    known.set(code, variants);
  }
  return variants;
}

function findVariants(code: number): readonly number[] {
  const lower = lowerCase(code);
  if (lower <= LAST_ASCII) {
    const upper = String.fromCodePoint(lower).toUpperCase().charCodeAt(0);
    if (lower === upper) return [lower];
    return lower === K ? [upper, lower, KELVIN] : [upper, lower];
  }
  beyondAscii ??= buildIndex();
  return beyondAscii.get(lower) ?? [code];
}

/** One character's lower case; itself where that would be several characters. */
function lowerCase(code: number): number {
  const lower = String.fromCodePoint(code).toLowerCase();
  const lowered = lower.codePointAt(0) ?? code;
  return lower.length === String.fromCodePoint(lowered).length ? lowered : code;
}

function buildIndex(): ReadonlyMap<number, readonly number[]> {
  const variants = new Map<number, number[]>();
  for (let code = LAST_ASCII + 1; code <= LAST_CASED; code++) {
    const lower = lowerCase(code);
    if (lower !== code) remembered(variants, lower, () => [lower]).push(code);
  }
  for (const list of variants.values()) list.sort((one, other) => one - other);
  return variants;
}

/**
 * The text as it is compared where case is ignored: equal for texts whose characters are each
 * other's variants.
 */
export function foldCase(text: string): string {
  return isAscii(text) ? text.toLowerCase() : Array.from(text, (one) => foldCharacter(one)).join("");
}

function foldCharacter(character: string): string {
  return String.fromCodePoint(lowerCase(character.codePointAt(0) ?? 0));
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > LAST_ASCII) return false;
  return true;
}
