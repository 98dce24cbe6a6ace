import type { Determinized } from "../../automata/determinize";
import { atom, FALSE, type Formula, TRUE } from "../../automata/formula";

/** Hands out the numbers of atoms, which are the same for the whole space of tokens. */
export class Atoms {
  #next = 0;

  get count(): number {
    return this.#next;
  }

  add(): number {
    this.#next += 1;
    return this.#next - 1;
  }
}

interface DimensionShape {
  /** True: no token is without it. */
  readonly isAlwaysThere: boolean;
  /** True: it may be a list of several texts. */
  readonly isList: boolean;
  /**
   * True: examples do without it where they can, and say nothing of it where nothing asks for it.
   * Default: they show it.
   */
  readonly isSpared?: boolean;
  /** True: examples that say something of it show it with a value where they can. */
  readonly isNearlyAlwaysThere?: boolean;
  /** Texts that examples should show where they will do. */
  readonly preferred?: readonly string[];
}

/**
 * A text as a dimension of a search space, such as a claim or the resource: missing, one text, or a
 * list of texts (never empty). Questions about it are only whether it is present, and whether some
 * or all of its texts are in a language.
 */
export class TextDimension {
  /**
   * States of the automaton; for each the atom of "some of the texts are in it" and of "all are",
   * false where there is no text.
   */
  readonly languages: number[] = [];
  readonly some: number[] = [];
  readonly every: number[] = [];
  /** The atom of "it is there"; undefined: it always is. */
  readonly presence: number | undefined;
  readonly isPresent: Formula;

  constructor(
    readonly automaton: Determinized,
    readonly numbers: Atoms,
    readonly shape: DimensionShape,
  ) {
    this.presence = shape.isAlwaysThere ? undefined : numbers.add();
    this.isPresent = this.presence === undefined ? TRUE : atom(this.presence);
  }

  /** "It is there, and one of its texts is read from these positions." */
  someIn(positions: number): Formula {
    return this.#membership(positions, this.some);
  }

  /**
   * "It is there, and all of its texts are read from these positions." The same, where it is one
   * text.
   */
  everyIn(positions: number): Formula {
    return this.#membership(positions, this.every);
  }

  /** Those that say most come last. */
  get atoms(): readonly number[] {
    return [
      ...(this.presence === undefined ? [] : [this.presence]),
      ...new Set([...this.some, ...this.every]),
    ];
  }

  #membership(positions: number, atoms: readonly number[]): Formula {
    const state = this.automaton.stateOf(positions);
    if (state === this.automaton.graph.nothing) return FALSE;
    if (state === this.automaton.graph.everything) return this.isPresent;
    let at = this.languages.indexOf(state);
    if (at === -1) {
      at = this.languages.push(state) - 1;
      const some = this.numbers.add();
      this.some.push(some);
      this.every.push(this.shape.isList ? this.numbers.add() : some);
    }
    return atom(atoms[at] ?? 0);
  }
}
