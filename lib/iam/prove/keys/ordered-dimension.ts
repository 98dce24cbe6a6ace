import { remembered } from "../../../collections/remembered";
import type { Budget } from "../../automata/budget";
import { atom, FALSE, type Formula, type Known, TRUE } from "../../automata/formula";
import type { OperatorBase, Value } from "../../language/policy";
import { type Combination, combinationsOf } from "../core/combinations";
import type { Atoms } from "../core/text-dimension";
import type { OrderedRequirement } from "./fact";
import { has, type IntervalSet } from "./interval-set";
import { type OrderedType, valuesApart, wantedBy } from "./ordered-type";

/** A value that a policy asks about, and whether some or all of a key's values are such. */
interface Asked {
  readonly some: Formula;
  readonly every: Formula;
}

/** What all names of a key can be at once. */
export interface Candidate {
  /** For each name; undefined: it is missing, or nothing is asked of it. */
  readonly values: readonly (readonly string[] | undefined)[];
  readonly learn: (known: Known) => Known;
}

interface KeyName<V> {
  /** As a policy writes it. */
  readonly name: string;
  readonly presence: number;
  readonly write: (value: V) => string;
  /** What the values of a condition on this name want. */
  readonly wanted: OrderedType<V>["wanted"];
}

interface Question<V> {
  /** Of which of the names. */
  readonly at: number;
  readonly set: IntervalSet<V>;
  readonly texts: readonly string[];
  readonly some: number;
  readonly every: number;
}

interface OrderedShape {
  readonly isList: boolean;
  /** Whether it may hold what is no value of its type. */
  readonly mayBeOther: boolean;
  readonly isNearlyAlwaysThere: boolean;
}

/** A value that no number, date or address is written like. */
const OTHER = "another-value";

/**
 * A condition key with ordered values, as a dimension of a search space: missing, one value, or a
 * list. Policies ask finitely many questions about it, and each is a set with finitely many cuts.
 * One value between two neighboring cuts stands for all values there. Two names can hold one value:
 * then each may be missing, and if both are present, they agree.
 */
export class OrderedDimension<V> {
  readonly names: readonly KeyName<V>[];
  readonly #questions = new Map<string, Question<V>>();
  readonly #readable: number | undefined;
  readonly #empty: number | undefined;

  constructor(
    readonly line: OrderedType<V>,
    names: readonly Omit<KeyName<V>, "presence">[],
    readonly numbers: Atoms,
    readonly shape: OrderedShape,
  ) {
    this.names = names.map(({ name, write, wanted }) => ({ name, write, wanted, presence: numbers.add() }));
    this.#readable = shape.mayBeOther ? numbers.add() : undefined;
    this.#empty = shape.mayBeOther ? numbers.add() : undefined;
  }

  isPresent(at: number): Formula {
    return atom(this.names[at]?.presence ?? -1);
  }

  /** "All its values are of its type." */
  get isReadable(): Formula {
    return this.#readable === undefined ? TRUE : atom(this.#readable);
  }

  /** "All its values are empty texts." */
  get isEmpty(): Formula {
    return this.#empty === undefined ? FALSE : atom(this.#empty);
  }

  /**
   * What the values of a condition ask. Undefined: its operator compares values of another type.
   */
  ask(at: number, base: OperatorBase, values: readonly Value[]): Asked | undefined {
    const name = this.names[at];
    const set = name && wantedBy({ ...this.line, wanted: name.wanted }, base, values);
    if (set === undefined) return undefined;
    const cuts = set.cuts.map((cut) => [cut.isAfter, this.line.identify(cut.at)]);
    const question = remembered(this.#questions, JSON.stringify([at, set.startsInside, cuts]), () => {
      const some = this.numbers.add();
      const every = this.shape.isList ? this.numbers.add() : some;
      return { at, set, texts: [...new Set(values.map(({ text }) => text))], some, every };
    });
    return { some: atom(question.some), every: atom(question.every) };
  }

  isAskedFor(asked: ReadonlySet<number>): boolean {
    return this.atoms.some((one) => asked.has(one));
  }

  get atoms(): readonly number[] {
    const own = [this.#readable, this.#empty].flatMap((one) => one ?? []);
    const questions = [...this.#questions.values()].flatMap(({ some, every }) => [some, every]);
    return [...this.names.map(({ presence }) => presence), ...own, ...new Set(questions)];
  }

  /** Those that are about one of the names. */
  atomsOf(at: number): readonly number[] {
    const own = [this.names[at]?.presence, this.#readable, this.#empty].flatMap((one) => one ?? []);
    const questions = [...this.#questions.values()].filter((one) => one.at === at);
    return [...own, ...questions.flatMap(({ some, every }) => [some, every])];
  }

  /** Every way in which it can be, as far as these atoms can tell: what reads best comes first. */
  candidatesOf(asked: ReadonlySet<number>, budget: Budget): readonly Candidate[] {
    const questions = [...this.#questions.values()].filter(
      ({ some, every }) => asked.has(some) || asked.has(every),
    );
    const isAnyAsked = [this.#readable, this.#empty].some((one) => asked.has(one ?? -1));
    const names = [...this.names.keys()].filter(
      (at) =>
        isAnyAsked || asked.has(this.names[at]?.presence ?? -1) || questions.some((one) => one.at === at),
    );
    const wayOf = (present: readonly number[], found?: Combination<readonly string[]>): Candidate => ({
      values: this.names.map((_, at) =>
        present.includes(at) ? found?.values.map((texts) => texts[present.indexOf(at)] ?? "") : undefined,
      ),
      learn: (known) => this.#learn(known, { names, questions, present, found }),
    });
    const there = subsetsOf(names).flatMap((present) =>
      this.#combinationsOf(present, questions, budget).map((found) => wayOf(present, found)),
    );
    return this.shape.isNearlyAlwaysThere ? [...there, wayOf([])] : [wayOf([]), ...there];
  }

  /** What is required of one of its names, by the answers that are known. */
  requirementOf(at: number, known: Known): OrderedRequirement {
    const answers = [...this.#questions.values()].flatMap(({ at: of, set, texts, some, every }) => {
      const isIn = known[some] ?? known[every];
      return of !== at || isIn === undefined ? [] : [{ set, isIn, texts }];
    });
    return this.line.requirement(answers);
  }

  /** Whether it is known to be of another type. */
  isOther(known: Known): boolean {
    return this.#readable !== undefined && known[this.#readable] === false;
  }

  #combinationsOf(
    present: readonly number[],
    questions: readonly Question<V>[],
    budget: Budget,
  ): readonly Combination<readonly string[]>[] {
    const own = questions.filter(({ at }) => present.includes(at));
    const apart = valuesApart(
      this.line,
      own.map(({ set }) => set),
    );
    const cells = apart.flatMap((one) => {
      budget.spend(own.length + 1);
      const value = present.map((at) => this.names[at]?.write(one) ?? "");
      const read = value.flatMap((text) => this.line.read(text) ?? []);
      // A name that counts whole seconds since 1970 cannot express every time.
      if (read.length < value.length) return [];
      const members = questions.map(({ at, set }) => {
        const found = read[present.indexOf(at)];
        return found !== undefined && has(set, found, this.line.compare);
      });
      return [{ value, members: [...members, true, false], isAlone: false }];
    });
    const others = this.shape.mayBeOther ? [OTHER, ""] : [];
    const unreadable = others.map((text) => ({
      value: present.map(() => text),
      members: [...questions.map(() => false), false, text === ""],
      isAlone: text === "",
    }));
    return combinationsOf([...cells, ...unreadable], this.shape.isList, budget);
  }

  #learn(known: Known, { names, questions, present, found }: Learned<V>): Known {
    const more = [...known];
    for (const at of names) more[this.names[at]?.presence ?? -1] = present.includes(at);
    for (const [index, { some, every }] of questions.entries()) {
      more[some] = found?.some[index] === true;
      more[every] = found?.every[index] === true;
    }
    if (this.#readable !== undefined) more[this.#readable] = found?.every[questions.length] === true;
    if (this.#empty !== undefined) more[this.#empty] = found?.every[questions.length + 1] === true;
    return more;
  }
}

interface Learned<V> {
  readonly names: readonly number[];
  readonly questions: readonly Question<V>[];
  readonly present: readonly number[];
  readonly found: Combination<readonly string[]> | undefined;
}

/** Not the empty one; the largest first. */
function subsetsOf(names: readonly number[]): readonly (readonly number[])[] {
  const [first, ...others] = names;
  if (first === undefined) return [];
  const rest = subsetsOf(others);
  return [...rest.map((some) => [first, ...some]), [first], ...rest];
}
