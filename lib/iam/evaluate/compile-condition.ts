import { foldCase } from "../automata/letter-case";
import type { Condition, Operator } from "../language/policy";
import { compileOperand } from "./compile-operand";
import type { KeyState, RequestKeys } from "./request";
import { everyTruth, notTruth, someTruth, type Truth } from "./truth";
import type { ValuePattern } from "./value-pattern";

type Test = (keys: RequestKeys) => Truth;

/**
 * A condition as a test of a request's keys (IAM User Guide, "Condition operators" and "Multivalued
 * context keys"). A missing key: positive operators and ForAnyValue fail, negated ones, `…IfExists`
 * and ForAllValues pass. Under no qualifier a key with several values holds if any of them does
 * (negated: if none does), which the guide leaves open. ForAllValues also passes where the key
 * "resolves to a null dataset, such as an empty string"; whether an empty string among other values
 * counts, the guide leaves open.
 */
export function compileCondition(condition: Condition): Test {
  const { operator, key, values } = condition;
  const name = key.toLowerCase();
  if (operator.base === "Null") return compileNull(condition);
  const matchesAny = compileAny(
    operator,
    values.map((value) => compileOperand(operator.base, value)),
  );
  const whileMissing = ofMissingKey(operator);
  return (keys) => {
    const found = keys.get(name);
    if (found.state === "absent") return whileMissing;
    if (found.state === "open") return "unknown";
    if (operator.qualifier === "ForAllValues")
      return ofAllValues(found.values, (texts) => combine(operator, texts, (text) => matchesAny(text, keys)));
    const [only] = found.values;
    // For one value, some and all are the same.
    if (only !== undefined && found.values.length === 1)
      return operator.negated ? notTruth(matchesAny(only, keys)) : matchesAny(only, keys);
    return combine(operator, found.values, (text) => matchesAny(text, keys));
  };
}

/**
 * The result of ForAllValues, where empty values may or may not count; true if all of them are
 * empty.
 */
function ofAllValues(values: readonly string[], holds: (texts: readonly string[]) => Truth): Truth {
  const withoutEmpty = values.filter((text) => text !== "");
  const asNone = holds(withoutEmpty);
  if (withoutEmpty.length === 0 || withoutEmpty.length === values.length) return asNone;
  return holds(values) === asNone ? asNone : "unknown";
}

/** `Null: true` requires that the key is missing, `false` that it is present. */
function compileNull({ key, values }: Condition): Test {
  const wanted = values.map(({ text }) => text === "true");
  return (keys) => {
    const { state }: KeyState = keys.get(key);
    if (state === "open") return wanted.includes(true) && wanted.includes(false) ? true : "unknown";
    return wanted.includes(state === "absent");
  };
}

export function ofMissingKey({ negated, ifExists, qualifier }: Operator): boolean {
  if (qualifier === "ForAllValues") return true;
  return qualifier === "ForAnyValue" ? ifExists : negated || ifExists;
}

function combine(
  { negated, qualifier }: Operator,
  found: readonly string[],
  matches: (text: string) => Truth,
): Truth {
  if (qualifier === "ForAllValues")
    return negated ? notTruth(someTruth(found, matches)) : everyTruth(found, matches);
  if (qualifier === "ForAnyValue")
    return negated ? notTruth(everyTruth(found, matches)) : someTruth(found, matches);
  return negated ? notTruth(someTruth(found, matches)) : someTruth(found, matches);
}

/** Whether any of the values matches a text. Literal values are looked up in a set. */
function compileAny(
  { base }: Operator,
  patterns: readonly ValuePattern[],
): (text: string, keys: RequestKeys) => Truth {
  const ignoresCase = base === "StringEqualsIgnoreCase";
  const texts = new Set(patterns.flatMap(({ only }) => only ?? []));
  const others = patterns.filter(({ only }) => only === undefined);
  const begin = commonPrefix(others.map(({ prefix }) => prefix));
  return (text, keys) => {
    if (texts.has(ignoresCase ? foldCase(text) : text)) return true;
    // Most texts belong to another project, which the common prefix shows.
    return text.startsWith(begin) && someTruth(others, (pattern) => pattern.matches(text, keys));
  };
}

function commonPrefix([first = "", ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
}
