import type { Determinized } from "../../automata/determinize";
import { FALSE, type Formula, TRUE } from "../../automata/formula";
import { compileFragment } from "../../automata/fragments";
import { compilePatterns } from "../../automata/patterns";
import type { Condition, Value } from "../../language/policy";
import { isLiteral } from "../../language/policy";
import type { KeyAnswers } from "../core/key-condition";
import type { Atoms } from "../core/text-dimension";
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
import type { Key, OrderedKey, TextKey } from "./key";
import { arePatternsOfArns, isOrdered, typeOf } from "./key-kinds";

/** What all keys of a search share. */
export interface KeyContext {
  readonly automaton: Determinized;
  readonly atoms: Atoms;
  readonly undecided: Undecided;
  /** What a value with policy variables matches. */
  readonly matchesByVariable: (value: Value, of: string, name: string) => Formula;
}

type Answers = Omit<KeyAnswers, "isPresent">;

/**
 * What the values of a condition say about its key. Where the operator compares values of another
 * type than the key is compared as, AWS does not document the result: it is undecided.
 */
export function answersOf(key: Key, condition: Condition, context: KeyContext): Answers {
  const answers =
    "ordered" in key ? orderedAnswers(key, condition, context) : textAnswers(key, condition, context);
  return answers ?? undecidedAnswers(key, condition, context);
}

/** Undefined: the operator compares values of another type. */
function orderedAnswers(key: OrderedKey, condition: Condition, context: KeyContext): Answers | undefined {
  const { ordered, at } = key;
  const asked = ordered.ask(at, condition.operator.base, condition.values);
  if (asked === undefined) return undefined;
  const { isReadable, isEmpty } = ordered;
  return { ...asked, isEmpty, isReadable, otherwise: ofUnreadable(key, condition, isReadable, context) };
}

/** Undefined: the operator compares values of another type. */
function textAnswers(key: TextKey, condition: Condition, context: KeyContext): Answers | undefined {
  const isReadable = isReadableAs(key, condition);
  if (isReadable === undefined) return undefined;
  const { text, kind } = key;
  const { values } = condition;
  const { matchesByVariable } = context;
  const asked = { name: kind.name, dimension: text, matchesByVariable };
  const comparing = comparingOf(condition);
  recordAsked(key, values, comparing);
  const some = someMatch(asked, values, comparing);
  return {
    some,
    every: text.shape.isList ? everyMatch(asked, values, comparing) : some,
    isEmpty: text.everyIn(text.automaton.graph.end),
    isReadable,
    otherwise: ofUnreadable(key, condition, isReadable, context),
  };
}

/** Keeps the values for the description of a counterexample. */
function recordAsked({ text, asked }: TextKey, all: readonly Value[], comparing: Comparing): void {
  const values = withoutVariables(all);
  const state = text.automaton.stateOf(matching(text.automaton, values, comparing));
  const texts = [...new Set(values.map((one) => one.text))].sort();
  if (asked.has(state) || texts.every((one) => one === "")) return;
  asked.set(state, { texts, isLiteral: values.every(isLiteral) && comparing !== "ignore-case" });
}

/** "Each text is of the operator's type." Undefined: texts never are. */
function isReadableAs({ kind, text }: TextKey, condition: Condition): Formula | undefined {
  const { graph } = text.automaton;
  const type = typeOf(condition.operator.base);
  if (isOrdered(type) || (type === "arn" && !arePatternsOfArns(condition))) return undefined;
  if (type === "text" || type === kind.type) return TRUE;
  if (type === "arn") return text.everyIn(compileFragment(graph, everyArn));
  return text.everyIn(compilePatterns(graph, [["true"], ["false"]], { ignoreCase: true }));
}

/**
 * One free boolean for all values of a policy: AWS treats an unreadable value the same for each.
 */
function ofUnreadable(
  { kind }: Key,
  { operator, path }: Condition,
  isReadable: Formula,
  { undecided }: KeyContext,
): Formula {
  if (isReadable === TRUE) return FALSE;
  const type = typeOf(operator.base);
  return undecided.isSo(
    `a value of ${kind.name} that is not of type ${type}, under ${operator.name}`,
    JSON.stringify([kind.name.toLowerCase(), type, operator.qualifier, operator.negated]),
    `AWS does not document how ${operator.name} compares a value of ${kind.name} that is not of type ${type} (${path})`,
  );
}

function undecidedAnswers(key: Key, condition: Condition, { undecided }: KeyContext): Answers {
  const { operator, values, path } = condition;
  const { kind } = key;
  const texts = [...new Set(values.map(({ text }) => text))].sort();
  const otherwise = undecided.isSo(
    `${kind.name} under ${operator.name} with ${texts.join(" or ")}`,
    JSON.stringify([kind.name.toLowerCase(), operator.base, operator.negated, operator.qualifier, texts]),
    `AWS does not document the result of ${operator.name} on ${kind.name}: the types differ, or a value is not a complete ARN (${path})`,
  );
  const isEmpty = "text" in key ? key.text.everyIn(key.text.automaton.graph.end) : key.ordered.isEmpty;
  return { some: FALSE, every: FALSE, isEmpty, isReadable: FALSE, otherwise };
}
