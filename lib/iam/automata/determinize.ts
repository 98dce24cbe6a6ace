import type { Budget } from "./budget";
import type { CharacterSet } from "./character-set";
import { GrowingIntegers } from "./growing-integers";
import { caseVariants } from "./letter-case";
import { ANY_CASE, ANY_CHARACTER, END, type PositionGraph } from "./positions";

/**
 * The transitions of a state: by single characters, and by sets for all others.
 */
interface Moves {
  readonly codes: readonly number[];
  /** For each of `codes`. */
  readonly targets: readonly number[];
  readonly sets: readonly CharacterSet[];
  /** For a character that is neither in `codes` nor in any of `sets`. */
  readonly other: number;
  /**
   * For a character that is not in `codes`: the target by the sets it is in, one bit for each set.
   * Filled on demand.
   */
  readonly bySets: Map<number, number>;
}

/**
 * The most sets at one state: one bit of a number each. Real policies need far fewer.
 */
const MOST_SETS = 30;

/**
 * The deterministic automaton of a graph, built on demand. A state is a reduced set of positions.
 * All languages of a proof share one automaton, so two languages in the same state are equal from
 * there on.
 */
export class Determinized {
  readonly #moves: Moves[] = [];
  readonly #movesAt = new GrowingIntegers();
  readonly #reduced = new GrowingIntegers();

  constructor(
    readonly graph: PositionGraph,
    readonly budget: Budget,
  ) {}

  accepts(state: number): boolean {
    return this.graph.sets.listOf(state)[0] === END;
  }

  /** Whether the text, read from the state, is in the language. */
  reads(state: number, text: string): boolean {
    return this.accepts(this.after(state, text));
  }

  /** The state that a text leads to. */
  after(state: number, text: string): number {
    let at = state;
    for (const character of text) {
      if (at === this.graph.nothing || at === this.graph.everything) break;
      at = this.step(at, character.codePointAt(0) ?? 0);
    }
    return at;
  }

  /**
   * The state for a set of positions: the same language, without redundant positions.
   */
  stateOf(set: number): number {
    if (this.graph.sets.listOf(set).length === 1) return set;
    const known = this.#reduced.get(set);
    if (known !== -1) return known;
    const state = this.#reduce(set);
    this.#reduced.set(set, state);
    return state;
  }

  movesOf(state: number): Moves {
    const known = this.#moves[this.#movesAt.get(state)];
    if (known !== undefined) return known;
    const moves = this.#computeMoves(state);
    this.#movesAt.set(state, this.#moves.push(moves) - 1);
    return moves;
  }

  /**
   * The only character with a transition from the state; -1 if there are several, or if a text may
   * end here.
   */
  onlyCode(state: number): number {
    const positions = this.graph.sets.listOf(state);
    const consumed = positions.length === 1 ? this.graph.consumedAt(positions[0] ?? END) : ANY_CHARACTER;
    return consumed < ANY_CASE ? consumed : -1;
  }

  step(state: number, code: number): number {
    if (state === this.graph.nothing || state === this.graph.everything) return state;
    const only = this.onlyCode(state);
    if (only !== -1) return only === code ? this.#follow(state) : this.graph.nothing;
    const moves = this.movesOf(state);
    const at = moves.codes.indexOf(code);
    if (at !== -1) return moves.targets[at] ?? this.graph.nothing;
    return moves.sets.length === 0 ? moves.other : this.#stepIntoSets(state, moves, code);
  }

  #follow(state: number): number {
    return this.stateOf(this.graph.followOf(this.graph.sets.listOf(state)[0] ?? END));
  }

  #stepIntoSets(state: number, { sets, other, bySets }: Moves, code: number): number {
    let mask = 0;
    for (let bit = 0; bit < sets.length; bit++) if (sets[bit]?.has(code) === true) mask |= 1 << bit;
    if (mask === 0) return other;
    const known = bySets.get(mask);
    if (known !== undefined) return known;
    const target = this.#targetOf(this.graph.sets.listOf(state), code);
    bySets.set(mask, target);
    return target;
  }

  #computeMoves(state: number): Moves {
    const positions = this.graph.sets.listOf(state);
    const codes: number[] = [];
    const sets: CharacterSet[] = [];
    const always: number[] = [];
    for (const position of positions) {
      if (position === END) continue;
      const consumed = this.graph.consumedAt(position);
      const set = this.graph.characterSetOf(consumed);
      if (consumed === ANY_CHARACTER) always.push(this.graph.followOf(position));
      else if (set !== undefined) addOnce(sets, set);
      else if (consumed < ANY_CASE) addOnce(codes, consumed);
      else for (const code of caseVariants(consumed - ANY_CASE)) addOnce(codes, code);
    }
    if (sets.length > MOST_SETS) this.budget.spend(Number.POSITIVE_INFINITY);
    this.budget.spend(positions.length * codes.length);
    const targets = codes.map((code) => this.#targetOf(positions, code));
    return { codes, targets, sets, other: this.#join(always), bySets: new Map() };
  }

  #targetOf(positions: readonly number[], code: number): number {
    const follows: number[] = [];
    for (const position of positions) {
      if (position !== END && this.#consumes(position, code)) follows.push(this.graph.followOf(position));
    }
    return this.#join(follows);
  }

  #join(follows: readonly number[]): number {
    this.budget.spend(1);
    return this.stateOf(this.graph.union(follows));
  }

  #consumes(position: number, code: number): boolean {
    const consumed = this.graph.consumedAt(position);
    if (consumed === code || consumed === ANY_CHARACTER) return true;
    if (consumed < ANY_CASE) return false;
    if (consumed < ANY_CHARACTER) return caseVariants(consumed - ANY_CASE).includes(code);
    return this.graph.characterSetOf(consumed)?.has(code) === true;
  }

  #reduce(set: number): number {
    const positions = this.graph.sets.listOf(set);
    const loops = positions.filter((position) => this.graph.isLoop(position));
    if (loops.length === 0) return set;
    const everything = this.graph.sets.listOf(this.graph.everything);
    if (everything.every((position) => positions.includes(position))) return this.graph.everything;
    const present = new Set(loops);
    const kept = positions.filter((position) => !this.#runsInto(position, present));
    return kept.length === positions.length ? set : this.graph.sets.idOf(kept);
  }

  #runsInto(position: number, loops: ReadonlySet<number>): boolean {
    let loop = this.graph.loopAfter(position);
    while (loop !== -1) {
      if (loops.has(loop)) return true;
      loop = this.graph.loopAfter(loop);
    }
    return false;
  }
}

function addOnce<T>(list: T[], member: T): void {
  if (!list.includes(member)) list.push(member);
}
