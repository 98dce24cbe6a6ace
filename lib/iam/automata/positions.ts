import type { Budget } from "./budget";
import type { CharacterSet } from "./character-set";
import { GrowingIntegers } from "./growing-integers";
import { IntegerLists, mergeSorted } from "./integer-lists";

/** The position that consumes nothing: a text may end here. */
export const END = 0;

/**
 * What a position consumes: a code point, the same in any case (`ANY_CASE + code`), any character,
 * or a character of a set.
 */
export const ANY_CASE = 1 << 21;
export const ANY_CHARACTER = 1 << 22;
const ANY_RUN = ANY_CHARACTER + 1;
const FIRST_SET = ANY_CHARACTER + 2;
const CONSUMED_BITS = 2 ** 23;
const NOTHING = -1;
/** Longer than any text. */
const FAR = 2 ** 30;

/**
 * A graph of positions: each consumes one character and says which positions may come next. Built
 * from the end of a text to its beginning and every position stored once, so texts with equal
 * endings share them, and equal remainders have equal ids. A set of positions (an id of `sets`)
 * stands for the texts that can be read from any of them.
 */
export class PositionGraph {
  readonly sets = new IntegerLists();
  readonly #consumed: number[] = [NOTHING];
  readonly #follow: number[] = [NOTHING];
  readonly #isLoop: boolean[] = [false];
  readonly #loopAfter: number[] = [NOTHING];
  readonly #shortest: number[] = [0];
  readonly #shortestOfSet = new GrowingIntegers();
  /**
   * The predecessors of a set of positions. Most sets have one, and arrays are many times faster
   * than a map.
   */
  readonly #onlyConsumed = new GrowingIntegers();
  readonly #onlyBefore = new GrowingIntegers();
  readonly #others = new Map<number, number>();
  readonly #loopOfSet = new Map<number, number>();
  readonly #characterSets: CharacterSet[] = [];
  readonly #budget: Budget;

  /** The empty language. */
  readonly nothing = this.sets.idOf([]);
  /** The empty text alone. */
  readonly end = this.sets.idOf([END]);
  /** Every text. */
  readonly everything: number;

  constructor(budget: Budget) {
    this.#budget = budget;
    this.everything = this.anyRunBefore(this.end);
  }

  /** One character (see ANY_CASE, ANY_CHARACTER and `consuming`), then what `follow` reads. */
  before(consumed: number, follow: number): number {
    if (follow === this.nothing) return this.nothing;
    const known = this.#knownBefore(consumed, follow);
    if (known !== undefined) return known;
    const position = this.#add(consumed, follow, false);
    this.#loopAfter[position] = this.#loopOf(follow);
    const set = this.sets.idOf([position]);
    this.#remember(consumed, follow, set);
    return set;
  }

  /** Any characters, none too, then what `follow` reads: a `*`. */
  anyRunBefore(follow: number): number {
    if (follow === this.nothing || this.#loopOfSet.has(follow)) return follow;
    const known = this.#knownBefore(ANY_RUN, follow);
    if (known !== undefined) return known;
    const position = this.#add(ANY_CHARACTER, follow, true);
    this.#loopAfter[position] = this.#loopOf(follow);
    const set = this.sets.idOf([...this.sets.listOf(follow), position]);
    this.#follow[position] = set;
    this.#loopOfSet.set(set, position);
    this.#remember(ANY_RUN, follow, set);
    return set;
  }

  /**
   * What consumes a character of a set. Sets are compared by identity, so create each set once.
   */
  consuming(set: CharacterSet): number {
    if (set.only !== undefined) return set.only;
    const at = this.#characterSets.indexOf(set);
    return FIRST_SET + (at === -1 ? this.#characterSets.push(set) - 1 : at);
  }

  /** A position whose follow is not known yet; `close` must be called before anything is read. */
  open(consumed: number): number {
    return this.#add(consumed, this.nothing, false);
  }

  close(position: number, follow: number): void {
    this.#follow[position] = follow;
  }

  union(sets: readonly number[]): number {
    const [first = this.nothing, second] = sets;
    if (second === undefined) return first;
    if (sets.length === 2) {
      if (first === second) return first;
      const merged = mergeSorted(this.sets.listOf(first), this.sets.listOf(second));
      this.#budget.spend(merged.length);
      return this.sets.idOf(merged);
    }
    const members = new Set<number>();
    for (const set of new Set(sets)) for (const member of this.sets.listOf(set)) members.add(member);
    this.#budget.spend(members.size);
    return this.sets.idOf([...members].sort((one, other) => one - other));
  }

  consumedAt(position: number): number {
    return this.#consumed[position] ?? NOTHING;
  }

  followOf(position: number): number {
    return this.#follow[position] ?? this.nothing;
  }

  characterSetOf(consumed: number): CharacterSet | undefined {
    return consumed < FIRST_SET ? undefined : this.#characterSets[consumed - FIRST_SET];
  }

  isLoop(position: number): boolean {
    return this.#isLoop[position] === true;
  }

  /**
   * The next loop that everything read from this position runs into; -1 where there is none. What
   * `p` reads is `w` and then what the loop reads, and the loop reads any `w` itself: where the
   * loop is in a set, `p` adds nothing to it.
   */
  loopAfter(position: number): number {
    return this.#loopAfter[position] ?? NOTHING;
  }

  /**
   * A lower bound of the length of the texts that the set reads. One more character reduces it by
   * at most one.
   */
  shortestOf(set: number): number {
    const known = this.#shortestOfSet.get(set);
    if (known !== -1) return known;
    let shortest = FAR;
    for (const position of this.sets.listOf(set))
      shortest = Math.min(shortest, this.#shortest[position] ?? 0);
    this.#shortestOfSet.set(set, shortest);
    return shortest;
  }

  #add(consumed: number, follow: number, isLoop: boolean): number {
    this.#budget.spend(1);
    this.#shortest.push(follow === this.nothing ? 1 : this.shortestOf(follow) + 1);
    this.#follow.push(follow);
    this.#isLoop.push(isLoop);
    this.#loopAfter.push(NOTHING);
    return this.#consumed.push(consumed) - 1;
  }

  #knownBefore(consumed: number, follow: number): number | undefined {
    const only = this.#onlyConsumed.get(follow);
    if (only === consumed) return this.#onlyBefore.get(follow);
    return only === NOTHING ? undefined : this.#others.get(follow * CONSUMED_BITS + consumed);
  }

  #remember(consumed: number, follow: number, set: number): void {
    if (this.#onlyConsumed.get(follow) === NOTHING) {
      this.#onlyConsumed.set(follow, consumed);
      this.#onlyBefore.set(follow, set);
    } else {
      this.#others.set(follow * CONSUMED_BITS + consumed, set);
    }
  }

  #loopOf(set: number): number {
    const loop = this.#loopOfSet.get(set);
    if (loop !== undefined) return loop;
    const [only, ...others] = this.sets.listOf(set);
    return only === undefined || others.length > 0 ? NOTHING : this.loopAfter(only);
  }
}
