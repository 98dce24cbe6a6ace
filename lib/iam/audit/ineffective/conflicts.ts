import type { Condition, Statement } from "../../language/policy";
import { type AuditedPolicy, allowsNoToken, type Mistake } from "./mistake";

/**
 * Conditions that no token satisfies together, or one that no token satisfies: the reason for any
 * other statement that allows no token.
 */
export function conflicts(statement: Statement, audited: AuditedPolicy): Mistake {
  const { conditions } = statement;
  const without = (left: Condition): Statement => ({
    ...statement,
    conditions: conditions.filter((one) => one !== left),
  });
  const decisive = conditions.filter((one) => !allowsNoToken(without(one), audited));
  const alone = conditions.filter((one) => allowsNoToken({ ...statement, conditions: [one] }, audited));
  const named = alone.length > 0 ? alone : decisive.length > 0 ? decisive : conditions;
  const texts = named.map(({ operator, key }) => `${operator.name} on "${key}"`);
  const what =
    alone.length > 0 || named.length === 1
      ? `${texts.join(" and ")} is never true for a CircleCI token`
      : `no token satisfies ${texts.join(" and ")} at the same time`;
  return {
    id: "no-token-matches",
    path: named[0]?.path ?? statement.path,
    message: `${what}: the statement allows no token. Correct the values, so that one token can match all of them`,
  };
}
