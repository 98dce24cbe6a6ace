import { isJsonObject } from "../iam/language/json";

/** An object of the configuration ("JSON Output Format", "Configuration Representation"). */
export type Block = Readonly<Record<string, unknown>>;

/** The expression at a path, or the one around it if the configuration has no more detail. */
export function expressionAt(expressions: Block, path: string): unknown {
  let found: unknown = expressions;
  for (const step of path.split(/[.[\]]+/)) {
    if (step === "") continue;
    const next: unknown = Array.isArray(found)
      ? /^\d+$/.test(step)
        ? found[Number(step)]
        : undefined
      : isBlock(found)
        ? found[step]
        : undefined;
    // A single block has no index, and what is one expression has no parts.
    if (next === undefined && found !== expressions) {
      if (isBlock(found) && ("references" in found || "constant_value" in found)) return found;
      if (/^\d+$/.test(step)) continue;
    }
    found = next;
  }
  return found;
}

/** All references in an expression, a block of them, or a list of blocks. */
export function rawIn(expression: unknown): readonly string[] {
  if (Array.isArray(expression)) return expression.flatMap(rawIn);
  if (!isBlock(expression)) return [];
  const { references } = expression;
  if (Array.isArray(references)) return references.filter((one) => typeof one === "string");
  return "constant_value" in expression ? [] : Object.values(expression).flatMap(rawIn);
}

/** Terraform lists `a.b.c` as `a.b.c` and `a.b`: the longest says it all. */
export function longest(references: readonly string[]): readonly string[] {
  return [...new Set(references)].filter(
    (one, _, all) => !all.some((other) => other.startsWith(`${one}.`) || other.startsWith(`${one}[`)),
  );
}

export function isBlock(value: unknown): value is Block {
  return isJsonObject(value);
}

export function listOf(value: unknown): readonly Block[] {
  return Array.isArray(value) ? value.filter(isBlock) : [];
}
