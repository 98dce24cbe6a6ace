import {
  type Condition,
  PATTERN_OPERATORS,
  type Policy,
  type Statement,
  type Value,
} from "../../language/policy";
import { isDocumentedList } from "../keys/known-keys";

/** What a condition key is in every request that is newly allowed. */
export interface RequiredValues {
  /** As the policy writes it. */
  readonly key: string;
  /**
   * `in`: one of its values matches one of the texts. `outside`: none of its values does, or it is
   * missing.
   */
  readonly kind: "in" | "outside";
  /** As the policy writes them, with wildcards. */
  readonly texts: readonly string[];
}

/** More values of one key than these are not tried one by one: all of them are named. */
const MOST_TRIED = 12;

/**
 * What the keys of conditions must be in the requests that a policy newly allows, by proof: with a
 * Deny for these values nothing is gained. What depends on behavior that AWS does not document, or
 * takes too many steps, requires nothing.
 * @param policies that allow the requests
 * @param before policies that allowed others: what they required and is no longer required is
 * `outside`
 * @param isNothingGained whether the policy gains nothing with these statements besides. They name
 * no principal
 */
export function requiredValues(
  policies: readonly Policy[],
  before: readonly Policy[],
  isNothingGained: (denies: readonly Statement[]) => boolean,
): readonly RequiredValues[] {
  const [present, old] = [comparedIn(policies), comparedIn(before)];
  const keys = new Set([...present, ...old].map(keyOf));
  return [...keys].flatMap((key) => {
    const ofKey = (all: readonly Condition[]) => all.filter((one) => keyOf(one) === key);
    return requiredOf(ofKey(present), ofKey(old), isNothingGained);
  });
}

function keyOf({ key }: Condition): string {
  return key.toLowerCase();
}

/** Numbers and dates are described by what a counterexample requires. */
function comparedIn(policies: readonly Policy[]): readonly Condition[] {
  return policies
    .flatMap(({ statements }) => statements.flatMap((one) => one.conditions))
    .filter(({ operator }) => PATTERN_OPERATORS.has(operator.base));
}

/** One value of a key, and how it is compared. */
interface Asked {
  readonly condition: Condition;
  readonly value: Value;
}

function requiredOf(
  present: readonly Condition[],
  old: readonly Condition[],
  isNothingGained: (denies: readonly Statement[]) => boolean,
): readonly RequiredValues[] {
  const [{ key } = { key: "" }] = [...present, ...old];
  const asked = askedBy(present);
  const needed = (all: readonly Asked[], isEnough: (some: readonly Asked[]) => boolean): readonly Asked[] => {
    if (all.length > MOST_TRIED) return all;
    let kept = all;
    for (const one of all) {
      const others = kept.filter((other) => other !== one);
      if (others.length > 0 && isEnough(others)) kept = others;
    }
    return kept;
  };
  const isIn = (some: readonly Asked[]) => isNothingGained(some.map((one) => denyOf(one, false)));
  const said = (kind: RequiredValues["kind"], some: readonly Asked[]): readonly RequiredValues[] => [
    { key, kind, texts: [...new Set(some.map(({ value }) => value.text))] },
  ];
  if (asked.length > 0 && isIn(asked)) return said("in", needed(asked, isIn));
  const excluded = present.filter(({ operator }) => operator.negated);
  const outside = askedBy([...excluded, ...old])
    .slice(0, MOST_TRIED)
    .filter((one) => isNothingGained([denyOf(one, true)]));
  return outside.length === 0 ? [] : said("outside", outside);
}

/**
 * A statement that denies every request in which the key matches a value, or in which it does not.
 */
function denyOf({ condition: { key, operator, path }, value }: Asked, negated: boolean): Statement {
  const every = {
    path,
    negated: false,
    values: [{ path, text: "*", pieces: [{ kind: "any-run" } as const] }],
  };
  const isList = isDocumentedList(key.toLowerCase()) ?? operator.qualifier !== "none";
  const qualifier = isList ? (negated ? "ForAllValues" : "ForAnyValue") : "none";
  return {
    index: 0,
    path,
    effect: "Deny",
    actions: every,
    resources: every,
    conditions: [
      { path, key, operator: { ...operator, negated, ifExists: false, qualifier }, values: [value] },
    ],
  };
}

/** Each value once. */
function askedBy(conditions: readonly Condition[]): readonly Asked[] {
  const asked = conditions.flatMap((condition) => condition.values.map((value) => ({ condition, value })));
  return [
    ...new Map(
      asked.map((one) => [JSON.stringify([one.condition.operator.base, one.value.pieces]), one]),
    ).values(),
  ];
}
