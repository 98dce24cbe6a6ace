import type { Condition, Patterns, Policy, Principals, Statement, Value } from "../../language/policy";

/**
 * What policies say, the same wherever only their writing differs: the order of statements, keys
 * and values, names of statements, one value or a list of it, letter case where AWS does not look
 * at it, a statement twice.
 */
export function normalForm(policies: readonly Policy[]): string {
  return inAnyOrder(policies.flatMap(({ statements }) => statements.map(sayingOfStatement)));
}

function sayingOfStatement({ effect, principals, actions, resources, conditions }: Statement): string {
  return JSON.stringify([
    effect,
    principals === undefined ? "" : sayingOfPrincipals(principals),
    [actions.negated, inAnyOrder(actions.values.map(({ text }) => text.toLowerCase()))],
    resources === undefined ? "" : sayingOfPatterns(resources),
    inAnyOrder(conditions.map(sayingOfCondition)),
  ]);
}

function sayingOfPrincipals({ negated, members }: Principals): string {
  return JSON.stringify([negated, inAnyOrder(members.map(({ type, text }) => JSON.stringify([type, text])))]);
}

function sayingOfPatterns({ negated, values }: Patterns): string {
  return JSON.stringify([negated, inAnyOrder(values.map(sayingOfValue))]);
}

function sayingOfCondition({ operator, key, values }: Condition): string {
  const { base, negated, ifExists, qualifier } = operator;
  const name = [base, negated, ifExists, qualifier];
  return JSON.stringify([name, key.toLowerCase(), inAnyOrder(values.map(sayingOfValue))]);
}

function sayingOfValue({ pieces }: Value): string {
  return JSON.stringify(pieces);
}

function inAnyOrder(parts: readonly string[]): string {
  return JSON.stringify([...new Set(parts)].sort());
}
