import { insteadOf, notRead } from "./not-read";
import type { JsonPath, Operator, OperatorBase } from "./policy";

/**
 * Each operator's name without qualifier and `IfExists` (IAM User Guide, "IAM JSON policy elements:
 * Condition operators").
 */
const NAMES: ReadonlyMap<string, Pick<Operator, "base" | "negated">> = new Map([
  ...withNegation("StringEquals", "StringNotEquals"),
  ...withNegation("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
  ...withNegation("StringLike", "StringNotLike"),
  ...withNegation("NumericEquals", "NumericNotEquals"),
  ...plain("NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals"),
  ...withNegation("DateEquals", "DateNotEquals"),
  ...plain("DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"),
  ...plain("Bool", "BinaryEquals"),
  ...withNegation("IpAddress", "NotIpAddress"),
  ...withNegation("ArnEquals", "ArnNotEquals"),
  ...withNegation("ArnLike", "ArnNotLike"),
  ...plain("Null"),
]);

const PARTS = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/s;

/**
 * An operator by its name. The guide writes all names in one way and does not say that another
 * letter case is read: it is an error.
 * @throws ProjectError `policy-not-read`
 */
export function readOperator(name: string, path: JsonPath): Operator {
  const [, qualifier, plainName = "", ifExists] = PARTS.exec(name) ?? [];
  const known = NAMES.get(plainName);
  if (known === undefined) {
    const fix = insteadOf(plainName, [...NAMES.keys()]);
    throw notRead(path, "unknown condition operator", JSON.stringify(name), fix);
  }
  if (known.base === "Null" && (ifExists !== undefined || qualifier !== undefined)) {
    const fix =
      "write Null: it tests whether the key is present, and allows neither IfExists nor a set qualifier";
    throw notRead(path, "Null takes no qualifier", JSON.stringify(name), fix);
  }
  return {
    name,
    ...known,
    ifExists: ifExists !== undefined,
    qualifier: qualifier === "ForAllValues" || qualifier === "ForAnyValue" ? qualifier : "none",
  };
}

type Named = [name: string, operator: Pick<Operator, "base" | "negated">];

function plain(...bases: readonly OperatorBase[]): readonly Named[] {
  return bases.map((base) => [base, { base, negated: false }]);
}

function withNegation(base: OperatorBase, negation: string): readonly Named[] {
  return [
    [base, { base, negated: false }],
    [negation, { base, negated: true }],
  ];
}
