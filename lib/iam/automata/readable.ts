import { remembered } from "../../collections/remembered";
import type { CharacterSet } from "./character-set";

/** Most readable first; an example uses the first character that fits. */
const ORDER =
  "xyzabcdefghijklmnopqrstuvw0123456789XYZABCDEFGHIJKLMNOPQRSTUVW-_./+=,@!#$%&()<>|;'\"`{}[]:~^*?\\ ";
const RANKS: ReadonlyMap<number, number> = new Map(
  [...ORDER].map((character, rank) => [character.codePointAt(0) ?? 0, rank]),
);
const CODES: readonly number[] = [...RANKS.keys()];
/**
 * Letters of other scripts first, then all others. Beyond ASCII, the code point is the order.
 */
const FIRST_LETTER_BEYOND_ASCII = 0xe0;

const READABLE = new WeakMap<CharacterSet, readonly number[]>();

/** The lower, the easier to read. */
export function rankOf(code: number): number {
  return RANKS.get(code) ?? CODES.length + (code < FIRST_LETTER_BEYOND_ASCII ? 0x11_0000 : 0) + code;
}

/** The most readable character of a set without the excluded ones. Undefined: there is none. */
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
 * The members of a set that are in the order above. Cached, because a proof asks for the same few
 * sets at every state.
 */
function readableIn(set: CharacterSet): readonly number[] {
  return remembered(READABLE, set, () => CODES.filter((code) => set.has(code)));
}
