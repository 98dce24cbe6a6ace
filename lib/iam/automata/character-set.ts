/** The last code point of Unicode. */
const LAST = 0x10_ffff;
const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;
const ASCII = 0x80;

type Range = readonly [first: number, last: number];

/**
 * A set of characters, as sorted ranges of code points. The alphabet is every Unicode scalar value:
 * surrogates are not characters and do not occur in tokens.
 */
export class CharacterSet {
  static readonly all = new CharacterSet([
    [0, FIRST_SURROGATE - 1],
    [LAST_SURROGATE + 1, LAST],
  ]);
  static readonly none = new CharacterSet([]);
  /** A proof asks for the same few characters at every state. */
  #ascii: Uint8Array | undefined;

  private constructor(
    readonly ranges: readonly Range[],
    /** The member that an example should show if any fits. */
    readonly preferred?: number,
  ) {}

  /** All characters of a text. */
  static of(characters: string): CharacterSet {
    return CharacterSet.ranges([...characters].map((one) => [codeOf(one), codeOf(one)]));
  }

  /** Ranges of code points, ends included, in any order. */
  static ranges(ranges: readonly Range[]): CharacterSet {
    const sorted = [...ranges].sort((one, other) => one[0] - other[0]);
    const merged: [number, number][] = [];
    for (const [first, last] of sorted) {
      const previous = merged.at(-1);
      if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
      else merged.push([first, last]);
    }
    return new CharacterSet(merged).and(CharacterSet.all);
  }

  /** The same set, with a member that examples should show. */
  preferring(character: string): CharacterSet {
    return new CharacterSet(this.ranges, codeOf(character));
  }

  /** The only character of the set. Undefined: it has none or several. */
  get only(): number | undefined {
    const [first, ...others] = this.ranges;
    return first !== undefined && others.length === 0 && first[0] === first[1] ? first[0] : undefined;
  }

  get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  has(code: number): boolean {
    if (code < ASCII) {
      this.#ascii ??= Uint8Array.from({ length: ASCII }, (_, one) => (this.#holds(one) ? 1 : 0));
      return this.#ascii[code] === 1;
    }
    return this.#holds(code);
  }

  #holds(code: number): boolean {
    for (const [first, last] of this.ranges) if (first <= code && code <= last) return true;
    return false;
  }

  and(other: CharacterSet): CharacterSet {
    const common: Range[] = [];
    for (const [first, last] of this.ranges) {
      for (const [otherFirst, otherLast] of other.ranges) {
        const low = Math.max(first, otherFirst);
        const high = Math.min(last, otherLast);
        if (low <= high) common.push([low, high]);
      }
    }
    return new CharacterSet(common, this.preferred ?? other.preferred);
  }

  without(other: CharacterSet): CharacterSet {
    const gaps: Range[] = [];
    let next = 0;
    for (const [first, last] of other.ranges) {
      if (next < first) gaps.push([next, first - 1]);
      next = last + 1;
    }
    if (next <= LAST) gaps.push([next, LAST]);
    return this.and(new CharacterSet(gaps));
  }
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** Whether a code point is a surrogate, which is not a character. */
export function isSurrogate(code: number): boolean {
  return code >= FIRST_SURROGATE && code <= LAST_SURROGATE;
}
