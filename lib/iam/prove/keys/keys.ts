import { remembered } from "../../../collections/remembered";
import type { Determinized } from "../../automata/determinize";
import { and, atomsOf, FALSE, type Formula, not, or, TRUE } from "../../automata/formula";
import { compileFragment, either } from "../../automata/fragments";
import { compilePatterns } from "../../automata/patterns";
import { isLiteral } from "../../language/is-literal";
import type { Condition, Value } from "../../language/policy";
import { type Atoms, Claim } from "../core/claim";
import { combine, type KeyAnswers, readNull } from "../core/key-condition";
import {
  type Comparing,
  comparingOf,
  everyArn,
  everyMatch,
  matching,
  someMatch,
  withoutVariables,
} from "../core/text-patterns";
import type { Undecided } from "../core/undecided";
import { notExact } from "../core/value-parts";
import type { TextAnswer } from "./fact";
import { arePatternsOfArns, isOnLine, type KeyKind, kindsOfKeys, typeOf } from "./key-kinds";
import { CLOCK, isNearlyAlwaysThere } from "./known-keys";
import { type AnyLineKey, clockFor, lineKeyOf } from "./line-keys";

/** A condition key: a text, or one of the names of something on a line. */
export type Key = TextKey | NameOnLine;

export interface TextKey {
  readonly kind: KeyKind;
  readonly claim: Claim;
  /** The values that policies compare it with, by the state of their language. */
  readonly asked: Map<number, Pick<TextAnswer, "texts" | "isLiteral">>;
}

export interface NameOnLine {
  readonly kind: KeyKind;
  readonly line: AnyLineKey;
  /** Which of the line's names. */
  readonly at: number;
}

export interface KeyContext {
  readonly automaton: Determinized;
  readonly atoms: Atoms;
  readonly undecided: Undecided;
  /** What a value with policy variables matches. */
  readonly matchesByVariable: (value: Value, of: string, name: string) => Formula;
}

const NOW = "aws:currenttime";
const NOW_KIND: KeyKind = {
  name: "aws:CurrentTime",
  type: "moment",
  isList: false,
  mayBeOther: false,
  isText: false,
  texts: [],
};
const ANOTHER = "another-value";
const ANOTHER_ARN = "arn:aws:iam::111122223333:role/another";
/** More texts than this are no example for anybody. */
const MOST_PREFERRED = 40;

/**
 * The condition keys that policies ask for, each as a variable of its type, and what conditions say
 * of them. All conditions on one key are about the same value, so what cannot be together is not
 * (docs/trust-proof.md).
 */
export class Keys {
  readonly #all = new Map<string, Key>();
  readonly #context: KeyContext;
  readonly #clock: AnyLineKey;

  /** @param conditions all that will be asked about */
  constructor(conditions: readonly Condition[], context: KeyContext) {
    this.#context = context;
    this.#clock = clockFor(context.atoms);
    for (const [name, kind] of kindsOfKeys(conditions)) this.#all.set(name, this.#keyOf(name, kind));
  }

  /** By their names in lower case. */
  get all(): ReadonlyMap<string, Key> {
    return this.#all;
  }

  /**
   * "The request comes before this moment", as `DateLessThan` on `aws:CurrentTime` says it.
   * @param moment ISO 8601, or seconds since 1970
   * @throws ProjectError `proof-not-exact` where a policy compares the time as something else than
   * a moment
   */
  isBefore(moment: string): Formula {
    const key = remembered(this.#all, NOW, () => this.#keyOf(NOW, NOW_KIND));
    const values = [{ path: "", text: moment, pieces: [] }];
    const asked = "line" in key ? key.line.ask(key.at, "DateLessThan", values) : undefined;
    if (asked === undefined) throw notExact("", `whether a request comes before ${moment} is not decided`);
    return and(isPresentIn(key), asked.some);
  }

  /**
   * What a condition says.
   * @throws ProjectError `proof-not-exact` for half a character
   */
  read(condition: Condition): Formula {
    const key = this.all.get(condition.key.toLowerCase());
    if (key === undefined) throw new Error(`the key ${condition.key} was not among those asked for`);
    const isPresent = isPresentIn(key);
    if (condition.operator.base === "Null") return readNull(condition, isPresent);
    return combine(condition, this.#answers(key, condition) ?? this.#undecidedAnswers(key, condition));
  }

  /**
   * "What is asked of these keys can be": truth values are `true` or `false`, and ARNs are ARNs.
   */
  shapes(keys: Iterable<Key>, goal: Formula): Formula {
    const atoms = new Set(atomsOf(goal));
    const { graph } = this.#context.automaton;
    const shapes = [...keys].flatMap((key) => {
      if (!("claim" in key) || ![...key.claim.some, ...key.claim.every].some((one) => atoms.has(one)))
        return [];
      const shape =
        key.kind.type === "arn"
          ? everyArn
          : key.kind.type === "boolean"
            ? either("true", "false")
            : undefined;
      if (shape === undefined) return [];
      return [or(not(key.claim.isPresent), key.claim.everyIn(compileFragment(graph, shape)))];
    });
    return and(...shapes);
  }

  #keyOf(name: string, kind: KeyKind): Key {
    if (!isOnLine(kind.type)) return this.#text(name, kind);
    if (CLOCK.includes(name)) return { kind, line: this.#clock, at: CLOCK.indexOf(name) };
    return { kind, line: lineKeyOf(name, kind, this.#context.atoms), at: 0 };
  }

  #text(name: string, kind: KeyKind): TextKey {
    const { automaton, atoms } = this.#context;
    const another =
      kind.type === "arn" ? [ANOTHER_ARN] : kind.type === "boolean" ? ["true", "false"] : [ANOTHER];
    const claim = new Claim(automaton, atoms, {
      isAlwaysThere: false,
      isList: kind.isList,
      isSpared: true,
      isNearlyAlwaysThere: isNearlyAlwaysThere(name),
      preferred: [...kind.texts.slice(0, MOST_PREFERRED), ...another],
    });
    return { kind, claim, asked: new Map() };
  }

  /** Undefined: the operator compares values of another type than the key is compared as. */
  #answers(key: Key, condition: Condition): KeyAnswers | undefined {
    const { operator, values } = condition;
    const isPresent = isPresentIn(key);
    if ("line" in key) {
      const asked = key.line.ask(key.at, operator.base, values);
      if (asked === undefined) return undefined;
      const { isReadable, isEmpty } = key.line;
      return {
        isPresent,
        ...asked,
        isEmpty,
        isReadable,
        otherwise: this.#ofUnreadable(key, condition, isReadable),
      };
    }
    const isReadable = this.#isReadable(key, condition);
    if (isReadable === undefined) return undefined;
    const { claim, kind } = key;
    const asked = {
      name: kind.name,
      claim,
      matchesByVariable: this.#context.matchesByVariable,
    };
    const comparing = comparingOf(condition);
    this.#recordAsked(key, values, comparing);
    const some = someMatch(asked, values, comparing);
    const every = claim.shape.isList ? everyMatch(asked, values, comparing) : some;
    const isEmpty = claim.everyIn(this.#context.automaton.graph.end);
    return {
      isPresent,
      some,
      every,
      isEmpty,
      isReadable,
      otherwise: this.#ofUnreadable(key, condition, isReadable),
    };
  }

  #recordAsked({ claim, asked }: TextKey, all: readonly Value[], comparing: Comparing): void {
    const values = withoutVariables(all);
    const state = claim.automaton.stateOf(matching(claim.automaton, values, comparing));
    const texts = [...new Set(values.map(({ text }) => text))].sort();
    if (asked.has(state) || texts.every((text) => text === "")) return;
    asked.set(state, { texts, isLiteral: values.every(isLiteral) && comparing !== "ignore-case" });
  }

  /**
   * "Each text is of the type that the operator compares." Undefined: texts are not of that type.
   */
  #isReadable({ kind, claim }: TextKey, condition: Condition): Formula | undefined {
    const { graph } = this.#context.automaton;
    const type = typeOf(condition.operator.base);
    if (isOnLine(type) || (type === "arn" && !arePatternsOfArns(condition))) return undefined;
    if (type === "text" || type === kind.type) return TRUE;
    if (type === "arn") return claim.everyIn(compileFragment(graph, everyArn));
    return claim.everyIn(compilePatterns(graph, [["true"], ["false"]], { ignoreCase: true }));
  }

  /**
   * Values of another type are compared with all values of a policy alike, whatever that comes to.
   */
  #ofUnreadable({ kind }: Key, condition: Condition, isReadable: Formula): Formula {
    if (isReadable === TRUE) return FALSE;
    const { operator, path } = condition;
    const type = typeOf(operator.base);
    return this.#context.undecided.isSo(
      `${kind.name} under ${operator.name}, where it is no ${type}`,
      JSON.stringify([kind.name.toLowerCase(), type, operator.qualifier, operator.negated]),
      `AWS does not document what ${operator.name} makes of a value of ${kind.name} that it cannot read (${path})`,
    );
  }

  #undecidedAnswers(key: Key, condition: Condition): KeyAnswers {
    const { operator, values, path } = condition;
    const { kind } = key;
    const texts = [...new Set(values.map(({ text }) => text))].sort();
    const asked = this.#context.undecided.isSo(
      `${kind.name} under ${operator.name} with ${texts.join(" or ")}`,
      JSON.stringify([kind.name.toLowerCase(), operator.base, operator.negated, operator.qualifier, texts]),
      `${operator.name} is not decided on ${kind.name}: it compares values of another type, or no whole ARNs (${path})`,
    );
    const isEmpty = "claim" in key ? key.claim.everyIn(this.#context.automaton.graph.end) : key.line.isEmpty;
    return {
      isPresent: isPresentIn(key),
      some: FALSE,
      every: FALSE,
      isEmpty,
      isReadable: FALSE,
      otherwise: asked,
    };
  }
}

export function isPresentIn(key: Key): Formula {
  return "line" in key ? key.line.isPresent(key.at) : key.claim.isPresent;
}
