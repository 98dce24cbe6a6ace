import { compareText } from "../collections/sort";
import { isJsonList, isJsonObject, type Json, type JsonObject } from "../iam/language/json";
import { atKey } from "../iam/language/json-path";

/** One element of a statement, such as `Action` or `Condition.StringLike["aws:PrincipalArn"]`. */
export interface StatementPart {
  readonly name: string;
  /** By what makes two values the same: each value as it is written. Sorted by the value. */
  readonly values: ReadonlyMap<string, string>;
}

/** The elements in the order in which people read them; others follow by name. */
const ORDER = [
  ...["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource"],
  "Condition",
];

/**
 * What a statement consists of, as the IAM User Guide reads it ("IAM JSON policy elements
 * reference"): one text is a list of one, lists are sets, actions are the same in any letter case,
 * and `{ "AWS": "*" }` means everyone, as `*` does. An element that the language does not have
 * counts as it is written.
 * @returns by name, in the order for people
 */
export function partsOfStatement(statement: Json): ReadonlyMap<string, StatementPart> {
  if (!isJsonObject(statement)) return new Map([["", part("", [textOf(statement)])]]);
  const parts = Object.entries(statement)
    .toSorted(([one], [other]) => placeOf(one) - placeOf(other) || compareText(one, other))
    .flatMap(([name, value]) => partsOfElement(name, value));
  return new Map(parts.map((one) => [one.name, one]));
}

function placeOf(name: string): number {
  const place = ORDER.indexOf(name);
  return place === -1 ? ORDER.length : place;
}

function partsOfElement(name: string, value: Json): readonly StatementPart[] {
  switch (name) {
    case "Action":
    case "NotAction":
      return [part(name, textsOf(value), (text) => text.toLowerCase())];
    case "Resource":
    case "NotResource":
      return [part(name, textsOf(value))];
    case "Principal":
    case "NotPrincipal":
      if (!isJsonObject(value)) return [part(name, textsOf(value))];
      if (isEveryone(value)) return [part(name, ["*"])];
      return partsInside(name, value);
    case "Condition":
      if (!isJsonObject(value)) return [part(name, textsOf(value))];
      return sorted(value).flatMap(([operator, keys]) =>
        isJsonObject(keys)
          ? partsInside(atKey(name, operator), keys)
          : [part(atKey(name, operator), textsOf(keys))],
      );
    default:
      return [part(name, [textOf(value)])];
  }
}

function isEveryone(value: JsonObject): boolean {
  const [only, ...others] = Object.entries(value);
  return others.length === 0 && only?.[0] === "AWS" && textsOf(only[1]).join() === "*";
}

function partsInside(name: string, values: JsonObject): readonly StatementPart[] {
  return sorted(values).map(([key, value]) => part(atKey(name, key), textsOf(value)));
}

function sorted(values: JsonObject): readonly (readonly [string, Json])[] {
  return Object.entries(values).sort(([one], [other]) => compareText(one, other));
}

function part(
  name: string,
  texts: readonly string[],
  sameAs: (text: string) => string = (text) => text,
): StatementPart {
  return { name, values: new Map(texts.toSorted(compareText).map((text) => [sameAs(text), text])) };
}

/**
 * The values of an element that takes one or several: numbers and booleans count as their text, as
 * they do in conditions.
 */
function textsOf(value: Json): readonly string[] {
  return isJsonList(value) ? value.map(textOf) : [textOf(value)];
}

/** As it is written; objects with sorted keys. */
export function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(withSortedKeys(value));
}

function withSortedKeys(value: Json): Json {
  if (isJsonList(value)) return value.map(withSortedKeys);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(sorted(value).map(([key, one]) => [key, withSortedKeys(one)]));
}
