import { GrowingIntegers } from "./growing-integers";

const INITIAL_BUCKETS = 1 << 7;
/** Hashes are never negative. */
const UNHASHED = -1;

/**
 * Lists of small integers, each stored once: equal lists have equal ids, and ids count up from 0.
 * A table of its own because a string per list as a key of a Map costs ten times as much.
 */
export class IntegerLists {
  readonly #lists: (readonly number[])[] = [];
  readonly #hashes: number[] = [];
  #buckets = new Int32Array(INITIAL_BUCKETS).fill(-1);
  #next: number[] = [];
  /** The ids of lists with one member, which most are: these need no hash. */
  readonly #single = new GrowingIntegers();

  get size(): number {
    return this.#lists.length;
  }

  /** The id of a list; the list is kept and must not change afterwards. */
  idOf(list: readonly number[]): number {
    const [only] = list;
    if (only !== undefined && list.length === 1) return this.#idOfSingle(only, list);
    const hash = hashOf(list);
    for (let id = this.#first(hash); id !== -1; id = this.#next[id] ?? -1) {
      if (this.#hashes[id] === hash && sameList(this.listOf(id), list)) return id;
    }
    const id = this.#keep(list, hash);
    if (id * 2 > this.#buckets.length) this.#grow();
    else this.#chain(id, hash);
    return id;
  }

  listOf(id: number): readonly number[] {
    return this.#lists[id] ?? [];
  }

  #idOfSingle(only: number, list: readonly number[]): number {
    const known = this.#single.get(only);
    if (known !== -1) return known;
    const id = this.#keep(list, UNHASHED);
    this.#single.set(only, id);
    return id;
  }

  #keep(list: readonly number[], hash: number): number {
    this.#hashes.push(hash);
    this.#next.push(-1);
    return this.#lists.push(list) - 1;
  }

  #first(hash: number): number {
    return this.#buckets[hash & (this.#buckets.length - 1)] ?? -1;
  }

  #chain(id: number, hash: number): void {
    const bucket = hash & (this.#buckets.length - 1);
    this.#next[id] = this.#buckets[bucket] ?? -1;
    this.#buckets[bucket] = id;
  }

  #grow(): void {
    this.#buckets = new Int32Array(this.#buckets.length * 4).fill(-1);
    this.#next = this.#lists.map(() => -1);
    for (const [id, hash] of this.#hashes.entries()) if (hash !== UNHASHED) this.#chain(id, hash);
  }
}

function hashOf(list: readonly number[]): number {
  let hash = list.length;
  for (let at = 0; at < list.length; at++) hash = mix(hash, list[at] ?? 0);
  return hash >>> 0;
}

/**
 * Multiplicative hashing with the golden ratio, then high bits folded down, since buckets look at
 * the low ones.
 */
function mix(hash: number, value: number): number {
  const product = Math.imul(hash ^ value, 0x9e37_79b1);
  return product ^ (product >>> 15);
}

function sameList(one: readonly number[], other: readonly number[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) {
    if (one[at] !== other[at]) return false;
  }
  return true;
}

/** Whether every member of a sorted list is in the other sorted list. */
export function isSubset(small: readonly number[], large: readonly number[]): boolean {
  if (small.length > large.length) return false;
  let at = 0;
  for (const member of small) {
    while (at < large.length && (large[at] ?? 0) < member) at += 1;
    if (large[at] !== member) return false;
    at += 1;
  }
  return true;
}

/** The members of two sorted lists, sorted, each once. */
export function mergeSorted(one: readonly number[], other: readonly number[]): readonly number[] {
  const merged: number[] = [];
  let at = 0;
  for (const member of one) {
    for (let next = other[at]; next !== undefined && next <= member; next = other[at]) {
      if (next < member) merged.push(next);
      at += 1;
    }
    merged.push(member);
  }
  for (; at < other.length; at++) merged.push(other[at] ?? 0);
  return merged;
}
