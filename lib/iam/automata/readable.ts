import { remembered } from "../../collections/remembered";
import type { CharacterSet } from "./character-set";

/** What a person reads most easily comes first; an example is made of the first that will do. */
const ORDER =
  "xyzabcdefghijklmnopqrstuvw0123456789XYZABCDEFGHIJKLMNOPQRSTUVW-_./+=,@!#$%&()<>|;'\"`{}[]:~^*?\\ ";
const RANKS: ReadonlyMap<number, number> = new Map(
  [...ORDER].map((character, rank) => [character.codePointAt(0) ?? 0, rank]),
);
const CODES: readonly number[] = [...RANKS.keys()];
/**
 * Ordinary letters of other scripts, then anything: beyond ASCII nothing is more readable than its
 * neighbour.
 */
const FIRST_LETTER_BEYOND_ASCII = 0xe0;

const READABLE = new WeakMap<CharacterSet, readonly number[]>();

/** The lower, the easier to read. */
export function rankOf(code: number): number {
  return RANKS.get(code) ?? CODES.length + (code < FIRST_LETTER_BEYOND_ASCII ? 0x11_0000 : 0) + code;
}

/** The most readable character of a set without the excluded ones. Undefined: there is no other. */
export function pickReadable(set: CharacterSet, excluded: readonly number[]): number | undefined {
  const { preferred } = set;
  if (preferred !== undefined && set.has(preferred) && !excluded.includes(preferred)) return preferred;
  for (const code of readableIn(set)) if (!excluded.includes(code)) return code;
  const fromLetters = set.ranges.map(
    ([first, last]) => [Math.max(first, FIRST_LETTER_BEYOND_ASCII), last] as const,
  );
  for (const [first, last] of [...fromLetters, ...set.ranges]) {
    for (let code = first; code <= last; code++) {
      if (!excluded.includes(code)) return code;
    }
  }
  return undefined;
}

/**
 * Those of a set that are in the order above: the same few sets are asked at every state of a
 * proof.
 */
function readableIn(set: CharacterSet): readonly number[] {
  return remembered(READABLE, set, () => CODES.filter((code) => set.has(code)));
}
