import { remembered } from "../../../collections/remembered";
import { and, atomsOf, type Formula, not, or } from "../../automata/formula";
import { compileFragment, either } from "../../automata/fragments";
import type { Condition } from "../../language/policy";
import { combine, readNull } from "../core/key-condition";
import { TextDimension } from "../core/text-dimension";
import { everyArn } from "../core/text-patterns";
import { notExact } from "../core/value-parts";
import { isPresentIn, type Key, type TextKey } from "./key";
import { answersOf, type KeyContext } from "./key-answers";
import { isOrdered, type KeyKind, kindsOfKeys } from "./key-kinds";
import { CLOCK, isNearlyAlwaysThere } from "./known-keys";
import { type AnyOrderedDimension, currentTime, orderedDimensionOf } from "./ordered-keys";

const NOW = "aws:currenttime";
const NOW_KIND: KeyKind = {
  name: "aws:CurrentTime",
  type: "date",
  isList: false,
  mayBeOther: false,
  isText: false,
  texts: [],
};
const ANOTHER = "another-value";
const ANOTHER_ARN = "arn:aws:iam::111122223333:role/another";
/** Bounds the work that goes into a readable example. */
const MOST_PREFERRED = 40;

/**
 * The condition keys that policies use. Each key is one dimension of its type, so all conditions on
 * it are about the same value, and conditions that contradict each other raise no false alarm
 * (docs/trust-proof.md, "Condition keys").
 */
export class Keys {
  readonly #all = new Map<string, Key>();
  readonly #context: KeyContext;
  readonly #clock: AnyOrderedDimension;

  /** @param conditions all conditions that will be read */
  constructor(conditions: readonly Condition[], context: KeyContext) {
    this.#context = context;
    this.#clock = currentTime(context.atoms);
    for (const [name, kind] of kindsOfKeys(conditions)) this.#all.set(name, this.#keyOf(name, kind));
  }

  /** By their names in lower case. */
  get all(): ReadonlyMap<string, Key> {
    return this.#all;
  }

  /**
   * "The request comes before this time", as `DateLessThan` on `aws:CurrentTime` says it.
   * @param time ISO 8601, or seconds since 1970
   * @throws ProjectError `proof-not-exact` where a policy compares the time as another type
   */
  isBefore(time: string): Formula {
    const { isPresent, isBefore } = this.#ask(time);
    return and(isPresent, isBefore);
  }

  /** The same for "at this time or later": `DateGreaterThanEquals`. */
  isFrom(time: string): Formula {
    const { isPresent, isBefore } = this.#ask(time);
    return and(isPresent, not(isBefore));
  }

  #ask(time: string): { readonly isPresent: Formula; readonly isBefore: Formula } {
    const key = remembered(this.#all, NOW, () => this.#keyOf(NOW, NOW_KIND));
    const values = [{ path: "", text: time, pieces: [] }];
    const asked = "ordered" in key ? key.ordered.ask(key.at, "DateLessThan", values) : undefined;
    if (asked === undefined) throw notExact("", `whether a request comes before ${time} is undetermined`);
    return { isPresent: isPresentIn(key), isBefore: asked.some };
  }

  /**
   * A condition as a formula.
   * @throws ProjectError `proof-not-exact` for half of a surrogate pair
   */
  read(condition: Condition): Formula {
    const key = this.all.get(condition.key.toLowerCase());
    if (key === undefined) throw new Error(`the key ${condition.key} was not announced to the constructor`);
    const isPresent = isPresentIn(key);
    if (condition.operator.base === "Null") return readNull(condition, isPresent);
    return combine(condition, { isPresent, ...answersOf(key, condition, this.#context) });
  }

  /** "These keys hold values of their types": booleans are `true` or `false`, ARNs are ARNs. */
  areWellTyped(keys: Iterable<Key>, goal: Formula): Formula {
    const atoms = new Set(atomsOf(goal));
    const { graph } = this.#context.automaton;
    const typed = [...keys].flatMap((key) => {
      if (!("text" in key) || ![...key.text.some, ...key.text.every].some((one) => atoms.has(one))) return [];
      const type =
        key.kind.type === "arn"
          ? everyArn
          : key.kind.type === "boolean"
            ? either("true", "false")
            : undefined;
      if (type === undefined) return [];
      return [or(not(key.text.isPresent), key.text.everyIn(compileFragment(graph, type)))];
    });
    return and(...typed);
  }

  #keyOf(name: string, kind: KeyKind): Key {
    if (!isOrdered(kind.type)) return this.#textKey(name, kind);
    if (CLOCK.includes(name)) return { kind, ordered: this.#clock, at: CLOCK.indexOf(name) };
    return { kind, ordered: orderedDimensionOf(name, kind, this.#context.atoms), at: 0 };
  }

  #textKey(name: string, kind: KeyKind): TextKey {
    const { automaton, atoms } = this.#context;
    const another =
      kind.type === "arn" ? [ANOTHER_ARN] : kind.type === "boolean" ? ["true", "false"] : [ANOTHER];
    const text = new TextDimension(automaton, atoms, {
      isAlwaysThere: false,
      isList: kind.isList,
      isSpared: true,
      isNearlyAlwaysThere: isNearlyAlwaysThere(name),
      preferred: [...kind.texts.slice(0, MOST_PREFERRED), ...another],
    });
    return { kind, text, asked: new Map() };
  }
}
