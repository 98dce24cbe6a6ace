import { ProjectError } from "../../errors";
import type { Condition, Patterns, Policy, Principals, Statement } from "./policy";
import { parsePolicy } from "./read-policy";

/**
 * Whether Terraform's AWS provider considers two texts the same policy and plans no change. It
 * ignores the order of statements, keys and values, and accepts one value for a list of it. Names
 * of statements, letter case and the version matter (hashicorp/awspolicyequivalence,
 * `PoliciesAreEquivalent`). Some equivalences of the provider, such as an account's root written as
 * its id, are not recognized here. Then a text is kept that could have been rewritten.
 */
export function isSamePolicy(one: string, other: string): boolean {
  try {
    return writing(parsePolicy(one)) === writing(parsePolicy(other));
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return one === other;
  }
}

function writing({ version, id, statements }: Policy): string {
  return JSON.stringify([version, id ?? "", sorted(statements.map(writingOfStatement))]);
}

function writingOfStatement({ sid, effect, principals, actions, resources, conditions }: Statement): string {
  return JSON.stringify([
    sid ?? "",
    effect,
    principals === undefined ? "" : writingOfPrincipals(principals),
    writingOfPatterns(actions),
    resources === undefined ? "" : writingOfPatterns(resources),
    sorted(conditions.map(writingOfCondition)),
  ]);
}

function writingOfPrincipals({ negated, members }: Principals): string {
  return JSON.stringify([negated, sorted(members.map(({ type, text }) => JSON.stringify([type, text])))]);
}

function writingOfPatterns({ negated, values }: Patterns): string {
  return JSON.stringify([negated, sorted(values.map(({ text }) => text))]);
}

function writingOfCondition({ operator, key, values }: Condition): string {
  return JSON.stringify([operator.name, key, sorted(values.map(({ text }) => text))]);
}

function sorted(parts: readonly string[]): readonly string[] {
  return [...parts].sort();
}
