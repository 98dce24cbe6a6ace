import { ofMissingKey } from "../../evaluate/compile-condition";
import type { Condition, Statement } from "../../language/policy";
import { compare } from "../../prove/tokens/compare";
import { findAllowed } from "../../prove/tokens/find-allowed";
import { type KeyMeaning, readKey } from "../../prove/tokens/provider";
import type { Subject } from "../core/context";
import { type Finding, finding } from "../core/finding";

/**
 * Conditions that cannot fail: on claims that AWS sets no key for (IAM User Guide, "Available keys
 * for AWS OIDC federation").
 */
export function unsetClaims({ allows, provider, policy }: Subject): readonly Finding[] {
  return conditionsIn(allows).flatMap((condition) => {
    if (readKey(condition.key, provider) !== "never-set" || isOfAnother(condition.key, policy, provider.host))
      return [];
    if (!isAlwaysTrue(condition)) return [];
    const message = `AWS never sets "${condition.key}" for these tokens, and ${condition.operator.name} is true without it: the condition restricts nothing`;
    return [finding("condition-always-true", condition.path, message)];
  });
}

/** Whether the key belongs to another issuer that the policy names. */
function isOfAnother(key: string, { statements }: Subject["policy"], host: string): boolean {
  const members = statements.flatMap(({ principals }) => principals?.members ?? []);
  const hosts = members.map(({ text }) => text.toLowerCase().split(":oidc-provider/")[1]);
  return hosts.some((one) => one !== undefined && one !== host && key.toLowerCase().startsWith(`${one}:`));
}

function isAlwaysTrue({ operator, values }: Condition): boolean {
  return operator.base === "Null" ? values.some(({ text }) => text === "true") : ofMissingKey(operator);
}

/** Statements without a positive condition on the subject. */
export function subjectConditions({ allows, provider, policy }: Subject): readonly Finding[] {
  return allows.flatMap((statement) => {
    const own = statement.conditions.filter(({ key }) => readKey(key, provider) === "subject");
    const asking = own.filter(({ operator }) => operator.base !== "Null");
    const found = findAllowed({ ...policy, statements: [statement] }, provider);
    if (found.result !== "found") return [];
    if (asking.length === 0 && asksForProject(statement, provider)) return [];
    if (asking.length === 0) {
      return [
        finding(
          "no-subject-condition",
          statement.path,
          "the statement has no condition on the subject: it allows every job of every project",
          found.counterexample,
        ),
      ];
    }
    if (!asking.every(({ operator }) => operator.negated)) return [];
    const path = asking[0]?.path ?? statement.path;
    return [
      finding(
        "negated-only",
        path,
        "the conditions only exclude subjects: all other subjects are allowed",
        found.counterexample,
      ),
    ];
  });
}

function asksForProject({ conditions }: Statement, provider: Subject["provider"]): boolean {
  return conditions.some(
    ({ key, operator }) =>
      readKey(key, provider) === "project" && !operator.negated && !ofMissingKey(operator),
  );
}

/**
 * Conditions that pass where the key is missing, unless another one of the statement asks for the
 * same key to be there.
 */
export function passesWithoutKey({ allows, provider }: Subject): readonly Finding[] {
  return allows.flatMap(({ conditions }) =>
    conditions.flatMap((condition) => {
      const { key, operator, path } = condition;
      const meaning: KeyMeaning = readKey(key, provider);
      if (
        meaning === "open" ||
        meaning === "never-set" ||
        operator.base === "Null" ||
        operator.negated ||
        !ofMissingKey(operator)
      )
        return [];
      if (conditions.some((other) => readKey(other.key, provider) === meaning && requiresKey(other)))
        return [];
      return [
        finding(
          "passes-without-key",
          path,
          `${operator.name} is also true for a token without "${key}"; ${operator.base} requires the key`,
        ),
      ];
    }),
  );
}

function requiresKey({ operator, values }: Condition): boolean {
  if (operator.base === "Null") return values.every(({ text }) => text === "false");
  return !ofMissingKey(operator);
}

/** Deny statements that change nothing. */
export function deniesWithoutEffect({ policy, provider }: Subject): readonly Finding[] {
  const denies = policy.statements.filter(({ effect }) => effect === "Deny");
  return denies.flatMap((statement) => {
    const others = policy.statements.filter((one) => one !== statement);
    if (others.length === 0) return [];
    const { relation } = compare(policy, { ...policy, statements: others }, { providers: [provider] });
    if (relation !== "same") return [];
    return [finding("deny-without-effect", statement.path, "the same tokens are allowed without this Deny")];
  });
}

function conditionsIn(statements: readonly Statement[]): readonly Condition[] {
  return statements.flatMap(({ conditions }) => conditions);
}
