import { isJsonList, type Json, type JsonObject } from "../../iam/language/json";
import type { Declared } from "./declared";

/** The arguments of a resource, as a plan has them. */
export interface Resolved {
  readonly known: Json;
  /** `after_unknown` of a plan: `true` at what is not known. */
  readonly unknown: Json;
}

/** An expression in a text; `$${` is the text `${`. */
const EXPRESSION = /(\$\$|%%|[$%])\{([^{}]*)\}?/g;
const REFERENCE = /^([a-z][a-z0-9_]*\.[A-Za-z0-9_-]+)\.([a-z0-9_]+)$/;

/**
 * The arguments of a resource with the values of references to arguments of the same stack. Another
 * expression stays as it is written, which is equal on both sides if it is the same; but where what
 * it refers to differs, its value is unknown.
 * @param isTrusted whether an expression has the same value in both stacks
 */
export function resolved(
  body: JsonObject,
  stack: Declared,
  isTrusted: (expression: string) => boolean,
): Resolved {
  const unknownOf = (value: Json): Json | undefined => {
    if (typeof value === "string") return textOf(value, stack, isTrusted) === undefined ? true : undefined;
    if (isJsonList(value)) {
      const parts = value.map((one) => unknownOf(one) ?? false);
      return parts.some((one) => one !== false) ? parts : undefined;
    }
    if (value === null || typeof value !== "object") return undefined;
    const parts = Object.entries(value).flatMap(([key, one]) => {
      const unknown = unknownOf(one);
      return unknown === undefined ? [] : [[key, unknown] as const];
    });
    return parts.length === 0 ? undefined : Object.fromEntries(parts);
  };
  const knownOf = (value: Json): Json => {
    if (typeof value === "string") return textOf(value, stack, isTrusted) ?? null;
    if (isJsonList(value)) return value.map(knownOf);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, knownOf(one)]));
  };
  return { known: knownOf(body), unknown: unknownOf(body) ?? {} };
}

/** Undefined: it has an expression whose value is not known. */
function textOf(
  text: string,
  stack: Declared,
  isTrusted: (expression: string) => boolean,
): string | undefined {
  let isKnown = true;
  const value = text.replace(EXPRESSION, (whole, mark: string, expression: string) => {
    if (mark.length === 2) return whole.slice(1);
    const [, address = "", argument = ""] = REFERENCE.exec(expression) ?? [];
    const found = stack.resources.get(address)?.body[argument];
    if (typeof found === "string" && !/[$%]\{/.test(found)) return found;
    if (!isTrusted(expression)) isKnown = false;
    return whole;
  });
  return isKnown ? value : undefined;
}
