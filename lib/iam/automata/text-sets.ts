import { Budget } from "./budget";
import { type Guide, truthOf } from "./classify";
import { Determinized } from "./determinize";
import { explore } from "./explore";
import { canHold } from "./feasible";
import { and, atom, atomsOf, evaluate, FALSE, type Formula, type Known, not, or, TRUE } from "./formula";
import { compileFragment, type Fragment } from "./fragments";
import { anyOne, anyRun, compilePatterns, type PatternOptions, type PatternPart } from "./patterns";
import { PositionGraph } from "./positions";

/** A set of texts: a formula whose atoms are languages of one `TextSets`. */
export interface TextSet {
  readonly formula: Formula;
}

/**
 * Sets of texts over all of Unicode, exactly: no sampling, no bound on length. Sets can be combined
 * only with sets of the same instance, since they share its automaton and budget.
 */
export class TextSets {
  readonly automaton: Determinized;
  readonly #languages: number[] = [];
  readonly everything: TextSet = { formula: TRUE };
  readonly nothing: TextSet = { formula: FALSE };

  constructor(readonly budget: Budget = new Budget()) {
    this.automaton = new Determinized(new PositionGraph(budget), budget);
  }

  /** The texts that match at least one of the patterns. */
  matching(patterns: readonly (readonly PatternPart[])[], options: PatternOptions = {}): TextSet {
    return this.#language(compilePatterns(this.automaton.graph, patterns, options));
  }

  /** The texts of the fragment. */
  builtLike(fragment: Fragment): TextSet {
    return this.#language(compileFragment(this.automaton.graph, fragment));
  }

  /** The texts of at least `min` and at most `max` characters (Unicode scalar values). */
  ofLength(min: number, max: number = Number.POSITIVE_INFINITY): TextSet {
    this.budget.spend(min);
    const atLeast = this.matching([[...Array<PatternPart>(min).fill(anyOne), anyRun]]);
    if (max === Number.POSITIVE_INFINITY) return atLeast;
    return this.difference(atLeast, this.ofLength(max + 1));
  }

  union(...sets: readonly TextSet[]): TextSet {
    return { formula: or(...sets.map(({ formula }) => formula)) };
  }

  intersection(...sets: readonly TextSet[]): TextSet {
    return { formula: and(...sets.map(({ formula }) => formula)) };
  }

  complement({ formula }: TextSet): TextSet {
    return { formula: not(formula) };
  }

  difference(set: TextSet, removed: TextSet): TextSet {
    return this.intersection(set, this.complement(removed));
  }

  has({ formula }: TextSet, text: string): boolean {
    const members = this.#languages.map((state) => this.automaton.reads(state, text));
    return evaluate(formula, members) === true;
  }

  /** The shortest member, and of those the most readable. Undefined: the set is empty. */
  findMember({ formula }: TextSet): string | undefined {
    const atoms = atomsOf(formula);
    const languages = atoms.map((one) => this.#languages[one] ?? this.automaton.graph.nothing);
    const knownOf = (values: Known): Known => {
      const known = this.#languages.map((): boolean | undefined => undefined);
      for (const [at, one] of atoms.entries()) known[one] = values[at];
      return known;
    };
    const guide: Guide<true> = {
      isHopeless: (marks, implications) =>
        !canHold(
          formula,
          knownOf(marks.map(truthOf)),
          implications.map(([one, other]) => [atoms[one] ?? 0, atoms[other] ?? 0]),
        ),
      accept: (members) => (evaluate(formula, knownOf(members)) === true ? true : undefined),
    };
    const required = [...atoms.keys()].filter((at) => {
      const without = atoms.map((_, other) => (other === at ? false : undefined));
      return !canHold(formula, knownOf(without), []);
    });
    return explore(this.automaton, languages, guide, required)?.text;
  }

  isEmpty(set: TextSet): boolean {
    return this.findMember(set) === undefined;
  }

  isSubset(small: TextSet, large: TextSet): boolean {
    return this.isEmpty(this.difference(small, large));
  }

  areEqual(one: TextSet, other: TextSet): boolean {
    return this.isSubset(one, other) && this.isSubset(other, one);
  }

  /** A set of positions as a set of texts. */
  #language(positions: number): TextSet {
    const { graph } = this.automaton;
    const state = this.automaton.stateOf(positions);
    if (state === graph.nothing) return this.nothing;
    if (state === graph.everything) return this.everything;
    const known = this.#languages.indexOf(state);
    return { formula: atom(known === -1 ? this.#languages.push(state) - 1 : known) };
  }
}
