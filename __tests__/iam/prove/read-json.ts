import type {
  Condition,
  Operator,
  OperatorBase,
  Policy,
  Principals,
  Value,
} from "../../../lib/iam/language/policy";
import { readPieces } from "../../../lib/iam/language/read-pieces";
import type { PolicyJson, StatementJson } from "./reference";

const BASES: readonly OperatorBase[] = [
  "StringEquals",
  "StringEqualsIgnoreCase",
  "StringLike",
  "NumericEquals",
  "Bool",
  "IpAddress",
  "ArnLike",
  "Null",
];

/** What the tests write, as the prover reads it. */
export function readJson({ Version, Statement }: PolicyJson): Policy {
  return {
    version: Version,
    statements: Statement.map((statement, index) => ({
      index,
      path: `Statement[${index}]`,
      effect: statement.Effect,
      principals: readPrincipals(statement.Principal, `Statement[${index}].Principal`),
      actions: {
        path: `Statement[${index}].Action`,
        negated: false,
        values: [statement.Action].flat().map((one) => readValue(one, true, `Statement[${index}].Action`)),
      },
      conditions: readConditions(statement, `Statement[${index}].Condition`),
    })),
  };
}

function readPrincipals(principal: StatementJson["Principal"], path: string): Principals {
  if (principal === "*") return { path, negated: false, members: [{ path, type: "Everyone", text: "*" }] };
  const members = Object.entries(principal).flatMap(([type, texts]) => {
    if (type !== "Federated" && type !== "AWS")
      throw new Error(`a principal that the tests do not write: ${type}`);
    return [texts].flat().map((text) => ({ path: `${path}.${type}`, type, text }) as const);
  });
  return { path, negated: false, members };
}

function readConditions({ Condition = {} }: StatementJson, path: string): readonly Condition[] {
  return Object.entries(Condition).flatMap(([name, keys]) =>
    Object.entries(keys).map(([key, values]) => {
      const operator = readOperator(name);
      const place = `${path}.${name}["${key}"]`;
      const wildcards = operator.base === "StringLike" || operator.base === "ArnLike";
      return {
        path: place,
        operator,
        key,
        values: [values].flat().map((text) => readValue(text, wildcards, place)),
      };
    }),
  );
}

function readOperator(name: string): Operator {
  const [, qualifier, rest = "", ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(name) ?? [];
  const base = BASES.find((one) => one === rest.replace("Not", ""));
  if (base === undefined) throw new Error(`an operator that the tests do not write: ${name}`);
  return {
    name,
    base,
    negated: rest.includes("Not"),
    ifExists: ifExists !== undefined,
    qualifier: qualifier === "ForAllValues" || qualifier === "ForAnyValue" ? qualifier : "none",
  };
}

function readValue(text: string, wildcards: boolean, path: string): Value {
  return { path, text, pieces: readPieces(text, wildcards, path) };
}
