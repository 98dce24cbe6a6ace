import { checkOperand } from "./check-operand";
import { isJsonList, type Json, kindOfJson } from "./json";
import { atIndex } from "./json-path";
import { notRead } from "./not-read";
import type { JsonPath, Operator, OperatorBase, PolicyVersion, Value } from "./policy";
import { readPieces } from "./read-pieces";

/**
 * One text or a list of them. @throws ProjectError `policy-not-read` for anything else, and for an
 * empty list
 */
export function readTexts(
  value: Json,
  path: JsonPath,
): readonly { readonly text: string; readonly path: JsonPath }[] {
  return oneOrList(value, path).map(({ one, place }) => {
    if (typeof one !== "string") throw notRead(place, "this must be a string", kindOfJson(one), 'write "…"');
    return { text: one, path: place };
  });
}

/**
 * The values of a condition: texts, numbers and booleans (IAM User Guide, "Grammar of the IAM JSON
 * policy language").
 */
export function readConditionValues(
  value: Json,
  operator: Operator,
  version: PolicyVersion,
  path: JsonPath,
): readonly Value[] {
  return oneOrList(value, path).map(({ one, place }) => {
    if (typeof one !== "string" && typeof one !== "number" && typeof one !== "boolean") {
      throw notRead(place, "this must be a string, a number or a boolean", kindOfJson(one), 'write "…"');
    }
    const text = String(one);
    if (!comparesText(operator.base)) {
      checkOperand(operator.base, text, place);
      return { path: place, text, pieces: text === "" ? [] : [{ kind: "literal", text }] };
    }
    return {
      path: place,
      text,
      pieces: readPieces(text, { version, wildcards: hasWildcards(operator.base) }, place),
    };
  });
}

/**
 * The operators whose values may hold variables ("IAM policy elements: Variables and tags", where
 * you can use policy variables).
 */
function comparesText(base: OperatorBase): boolean {
  return base.startsWith("String") || base.startsWith("Arn");
}

/**
 * `ArnEquals` and `ArnLike` behave identically ("Amazon Resource Name (ARN) condition operators").
 */
function hasWildcards(base: OperatorBase): boolean {
  return base === "StringLike" || base === "ArnLike" || base === "ArnEquals";
}

function oneOrList(value: Json, path: JsonPath): readonly { readonly one: Json; readonly place: JsonPath }[] {
  if (!isJsonList(value)) return [{ one: value, place: path }];
  if (value.length === 0)
    throw notRead(path, "this must not be empty", "an empty list", "write a value, or remove the element");
  return value.map((one, index) => ({ one, place: atIndex(path, index) }));
}
