import { ProjectError } from "../../errors";
import type { PolicyDocument, PolicyStatement } from "../document";
import type {
  Condition,
  JsonPath,
  Operator,
  OperatorBase,
  Patterns,
  Policy,
  Principals,
  Statement,
  Value,
} from "./policy";
import { readPieces } from "./read-pieces";

/**
 * A policy of ours as the evaluator and the prover read it. It knows the part of the language that `PolicyDocument` can say, with the
 * text operators, and nothing more.
 * @throws ProjectError `policy-not-read` with the JSON path of what it does not know
 */
export function readDocument(document: PolicyDocument): Policy {
  return {
    version: document.Version,
    statements: document.Statement.map((statement, index) => readStatement(statement, index)),
  };
}

function readStatement(statement: PolicyStatement, index: number): Statement {
  const path = `Statement[${index}]`;
  const principals = readPrincipals(statement.Principal, `${path}.Principal`);
  const resources =
    readPatterns(statement.Resource, false, `${path}.Resource`) ??
    readPatterns(statement.NotResource, true, `${path}.NotResource`);
  const actions =
    readPatterns(statement.Action, false, `${path}.Action`) ??
    readPatterns(statement.NotAction, true, `${path}.NotAction`);
  if (actions === undefined) throw notRead(path, "it names no action");
  return {
    index,
    path,
    effect: statement.Effect,
    actions,
    conditions: readConditions(statement.Condition ?? {}, `${path}.Condition`),
    ...(statement.Sid === undefined ? {} : { sid: statement.Sid }),
    ...(principals === undefined ? {} : { principals }),
    ...(resources === undefined ? {} : { resources }),
  };
}

function readPrincipals(principal: PolicyStatement["Principal"], path: JsonPath): Principals | undefined {
  if (principal === undefined) return undefined;
  if (principal === "*") return { path, negated: false, members: [{ path, type: "Everyone", text: "*" }] };
  const members = Object.entries(principal).map(([type, text]) => {
    if (type !== "AWS" && type !== "Federated" && type !== "Service" && type !== "CanonicalUser") {
      throw notRead(`${path}.${type}`, "there is no principal of this type");
    }
    return { path: `${path}.${type}`, type, text } as const;
  });
  if (members.length === 0) throw notRead(path, "it names nobody");
  return { path, negated: false, members };
}

function readPatterns(
  values: string | readonly string[] | undefined,
  negated: boolean,
  path: JsonPath,
): Patterns | undefined {
  return values === undefined ? undefined : { path, negated, values: readValues(values, true, path) };
}

function readConditions(
  block: NonNullable<PolicyStatement["Condition"]>,
  path: JsonPath,
): readonly Condition[] {
  return Object.entries(block).flatMap(([name, keys]) => {
    const operator = readOperator(name, `${path}.${name}`);
    return Object.entries(keys).map(([key, values]): Condition => {
      const place = `${path}.${name}[${JSON.stringify(key)}]`;
      return {
        path: place,
        operator,
        key,
        values: readValues(values, operator.base === "StringLike", place),
      };
    });
  });
}

const TEXT_OPERATOR =
  /^(?:(ForAllValues|ForAnyValue):)?String(Not)?(Equals|EqualsIgnoreCase|Like)(IfExists)?$/;
const BASES = new Map<string, OperatorBase>([
  ["Equals", "StringEquals"],
  ["EqualsIgnoreCase", "StringEqualsIgnoreCase"],
  ["Like", "StringLike"],
]);

function readOperator(name: string, path: JsonPath): Operator {
  const [, qualifier, not, kind = "", ifExists] = TEXT_OPERATOR.exec(name) ?? [];
  const base = BASES.get(kind);
  if (base === undefined) throw notRead(path, "it is no operator for text");
  return {
    name,
    base,
    negated: not !== undefined,
    ifExists: ifExists !== undefined,
    qualifier: qualifier === "ForAllValues" || qualifier === "ForAnyValue" ? qualifier : "none",
  };
}

function readValues(
  values: string | readonly string[],
  wildcards: boolean,
  path: JsonPath,
): readonly Value[] {
  if (typeof values === "string")
    return [{ path, text: values, pieces: readPieces(values, wildcards, path) }];
  if (values.length === 0) throw notRead(path, "the list is empty");
  return values.map((text, index) => {
    const place = `${path}[${index}]`;
    return { path: place, text, pieces: readPieces(text, wildcards, place) };
  });
}

function notRead(path: JsonPath, why: string): ProjectError {
  return new ProjectError({
    code: "policy-not-read",
    message: `${path} cannot be read: ${why}`,
    found: path,
  });
}
