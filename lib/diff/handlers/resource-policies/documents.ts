import { isJsonObject } from "../../../iam/language/json";
import type { Attributes, AttributeValue } from "../../model/facts";
import { isPolicyName, isWritten, mayHoldPolicy, pathInBlock } from "./policy-names";

/** Far deeper than any block of a provider's schema. */
const DEEPEST = 12;

/**
 * Paths of the policy documents among the values of a resource's attributes, such as `policy` or
 * `details.policy`, by their names and by what is in them. Of lists the first element has no index.
 */
export function documentPathsIn(type: string, values: Readonly<Record<string, unknown>>): readonly string[] {
  if (!mayHoldPolicy(type)) return [];
  const isDocument = (value: unknown, path: string) =>
    typeof value === "string" && value !== "" && (isPolicyName(type, path) || isPolicyDocument(value));
  return leavesIn(values, isDocument);
}

/** The same for marks, such as those of values known only after apply. Only names are available. */
export function markedPathsIn(type: string, marks: unknown): readonly string[] {
  if (!mayHoldPolicy(type) || !isJsonObject(marks)) return [];
  return leavesIn(marks, (value, path) => value === true && isPolicyName(type, path));
}

/** The same of attributes as they are kept, some of which are not known. */
export function documentPathsOf(type: string, attributes: Attributes | undefined): readonly string[] {
  if (!mayHoldPolicy(type)) return [];
  return Object.entries(attributes ?? {}).flatMap(([name, value]) => {
    if (value.kind === "value") return documentPathsIn(type, { [name]: value.value });
    return isPolicyName(type, name) ? [name] : (pathInBlock(type, name) ?? []);
  });
}

type IsLeaf = (value: unknown, plain: string) => boolean;

function leavesIn(values: Readonly<Record<string, unknown>>, isLeaf: IsLeaf): readonly string[] {
  return Object.entries(values)
    .filter(([name]) => isWritten(name))
    .flatMap(([name, value]) => leaves(name, name, value, isLeaf, 0));
}

function leaves(
  path: string,
  plain: string,
  value: unknown,
  isLeaf: IsLeaf,
  depth: number,
): readonly string[] {
  if (isLeaf(value, plain)) return [path];
  if (depth === DEEPEST || typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown, index) =>
      leaves(index === 0 ? path : `${path}[${index}]`, plain, one, isLeaf, depth + 1),
    );
  }
  return Object.entries(value).flatMap(([name, one]) =>
    leaves(`${path}.${name}`, `${plain}.${name}`, one, isLeaf, depth + 1),
  );
}

/**
 * Whether a text is an AWS policy, in an attribute of any name: an object whose statements allow or
 * deny.
 */
export function isPolicyDocument(text: string): boolean {
  if (!text.includes('"Statement"') || !text.includes('"Effect"')) return false;
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value)) return false;
    const { Statement: statement } = value;
    const statements: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
    return statements.some((one) => isJsonObject(one) && "Effect" in one);
  } catch {
    return false;
  }
}

/** The document at a path; undefined: the path has none. */
export function documentAt(attributes: Attributes | undefined, path: string): AttributeValue | undefined {
  const [name = "", ...steps] = path.split(/[.[\]]+/).filter((step) => step !== "");
  const value = attributes?.[name];
  if (value === undefined || value.kind !== "value") return value;
  let found: unknown = value.value;
  for (const step of steps) {
    const isIndex = /^\d+$/.test(step);
    if (Array.isArray(found)) found = found[isIndex ? Number(step) : 0];
    if (!isIndex) found = isJsonObject(found) ? found[step] : undefined;
  }
  if (Array.isArray(found)) [found] = found;
  return found === undefined || found === null || found === "" ? undefined : { kind: "value", value: found };
}

/** The attribute that a path begins with. */
export function topOf(path: string): string {
  return path.split(/[.[]/, 1)[0] ?? path;
}
