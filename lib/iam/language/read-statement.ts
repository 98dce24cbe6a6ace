import { isJsonObject, type Json, type JsonObject, kindOfJson } from "./json";
import { atKey } from "./json-path";
import { insteadOf, notRead } from "./not-read";
import type { Condition, JsonPath, Patterns, PolicyVersion, Principals, Statement } from "./policy";
import { readOperator } from "./read-operator";
import { readPieces } from "./read-pieces";
import { readPrincipals } from "./read-principals";
import { readConditionValues, readTexts } from "./read-values";

const ELEMENTS = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
] as const;

/**
 * One statement ("Grammar of the IAM JSON policy language"). It has either an
 * element or its opposite, not both; Action or NotAction is required.
 * @throws ProjectError `policy-not-read`
 */
export function readStatement(value: Json, index: number, version: PolicyVersion, path: JsonPath): Statement {
  if (!isJsonObject(value))
    throw notRead(path, "a statement must be an object", kindOfJson(value), 'write { "Effect": … }');
  checkElements(value, ELEMENTS, path);
  const { Sid: sid, Effect: effect } = value;
  if (effect !== "Allow" && effect !== "Deny") {
    throw notRead(
      atKey(path, "Effect"),
      "Effect must be Allow or Deny",
      foundOrNothing(effect),
      "allowed: Allow, Deny",
    );
  }
  if (sid !== undefined && typeof sid !== "string") {
    throw notRead(atKey(path, "Sid"), "this must be a string", kindOfJson(sid), 'write "…"');
  }
  const actions = readEither(value, "Action", path, (one, negated, place) =>
    patterns(one, negated, place, "2008-10-17"),
  );
  if (actions === undefined) {
    throw notRead(path, "a statement needs Action or NotAction", "neither", 'write "Action": "…"');
  }
  const principals = readEither(value, "Principal", path, readPrincipals);
  const resources = readEither(value, "Resource", path, (one, negated, place) =>
    patterns(one, negated, place, version),
  );
  return {
    index,
    path,
    ...(sid === undefined ? {} : { sid }),
    effect,
    ...(principals === undefined ? {} : { principals }),
    actions,
    ...(resources === undefined ? {} : { resources }),
    conditions: readConditions(value.Condition, version, atKey(path, "Condition")),
  };
}

/**
 * @throws ProjectError `policy-not-read` for an element that an object of the policy language does
 * not have
 */
export function checkElements(value: JsonObject, allowed: readonly string[], path: JsonPath): void {
  for (const name of Object.keys(value)) {
    if (allowed.includes(name)) continue;
    throw notRead(atKey(path, name), "unknown element", JSON.stringify(name), insteadOf(name, allowed));
  }
}

function foundOrNothing(value: Json | undefined): string {
  return value === undefined ? "nothing" : kindOfJson(value);
}

function readEither<T extends Patterns | Principals>(
  statement: JsonObject,
  name: "Action" | "Principal" | "Resource",
  path: JsonPath,
  read: (value: Json, negated: boolean, path: JsonPath) => T,
): T | undefined {
  const [plain, negated] = [statement[name], statement[`Not${name}`]];
  if (plain !== undefined && negated !== undefined) {
    throw notRead(path, `a statement can have either ${name} or Not${name}`, "both", "write two statements");
  }
  if (plain !== undefined) return read(plain, false, atKey(path, name));
  return negated === undefined ? undefined : read(negated, true, atKey(path, `Not${name}`));
}

/**
 * Variables are allowed in resources and never in actions ("IAM policy elements: Variables and
 * tags"); read as text they match no action.
 */
function patterns(value: Json, negated: boolean, path: JsonPath, version: PolicyVersion): Patterns {
  const values = readTexts(value, path).map(({ text, path: place }) => {
    if (text === "") throw notRead(place, "this must not be empty", '""', "write a name, or * for all");
    return { path: place, text, pieces: readPieces(text, { version, wildcards: true }, place) };
  });
  return { path, negated, values };
}

function readConditions(
  value: Json | undefined,
  version: PolicyVersion,
  path: JsonPath,
): readonly Condition[] {
  if (value === undefined) return [];
  return entriesOf(value, path).flatMap(([name, keys, place]) => {
    const operator = readOperator(name, place);
    return entriesOf(keys, place).map(([key, values, at]): Condition => {
      if (key === "")
        throw notRead(at, "a condition needs a key", '""', 'write a key such as "aws:SourceVpc"');
      return { path: at, operator, key, values: readConditionValues(values, operator, version, at) };
    });
  });
}

function entriesOf(value: Json, path: JsonPath): readonly (readonly [string, Json, JsonPath])[] {
  if (!isJsonObject(value)) throw notRead(path, "this must be an object", kindOfJson(value), "write { … }");
  const entries = Object.entries(value);
  if (entries.length === 0) throw notRead(path, "this must not be empty", "an empty object", "remove it");
  return entries.map(([key, one]) => [key, one, atKey(path, key)]);
}
