import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  type TerraformStack,
  Tokenization,
} from "cdktf";
import { version as CDKTF_VERSION } from "cdktf/package.json";
import type { IConstruct } from "constructs";
import type { Json, JsonObject } from "../../constructs/resolve";

/**
 * What the yardstick of a large synth writes its stacks with: each value is resolved once, where
 * cdktf itself does it several times. It is apart from what this project writes its own stacks
 * with, so that a change there changes nothing in the yardstick.
 */
export function leanStack(this: TerraformStack): JsonObject {
  const elements = this.node.findAll().filter(TerraformElement.isTerraformElement);
  const metadata: JsonObject = { version: CDKTF_VERSION, stackName: this.node.id };
  const outputs: JsonObject = {};
  const terraform: JsonObject = {};
  for (const element of elements) {
    mergeInto(metadata, resolveTokens(element.toMetadata(), this) ?? {});
    mergeInto(terraform, resolveTokens(element.toTerraform(), this) ?? {});
    if (!TerraformOutput.isTerraformOutput(element)) continue;
    mergeInto(outputs, nest(element.node.path.split("/"), element.friendlyUniqueId));
  }
  return { "//": { metadata, outputs }, ...terraform };
}

/**
 * Text that may contain a cdktf token: `${TfToken[…]}`, or a number token (about 1e289) as text.
 */
const MAYBE_TOKEN = /TfToken\[|\de\+\d/;

function resolveTokens(value: unknown, scope: IConstruct): Json | undefined {
  if (value === undefined) return undefined;
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string" && !MAYBE_TOKEN.test(value)) return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  if (Array.isArray(value)) return resolveList(value, scope);
  if (typeof value === "object" && isPlain(value)) return resolveObject(value, scope);
  return Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()) });
}

function resolveList(values: readonly unknown[], scope: IConstruct): Json {
  // One token may represent a whole list, which only cdktf can resolve.
  if (values.some((value) => typeof value === "string" && value.includes("{TfToken["))) {
    return Tokenization.resolve(values, { scope, resolver: new DefaultTokenResolver(new StringConcat()) });
  }
  return values.map((value) => resolveTokens(value, scope)).filter((value) => value !== undefined);
}

function resolveObject(values: object, scope: IConstruct): Json {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(values)) {
    const resolved = resolveTokens(value, scope);
    if (resolved !== undefined) result[key] = resolved;
  }
  return result;
}

function isPlain(value: object): boolean {
  if (Tokenization.isResolvable(value) || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.keys(value).every((key) => !MAYBE_TOKEN.test(key));
}

function mergeInto(target: JsonObject, source: Json): void {
  if (!isObject(source)) throw new TypeError("only an object can be merged into an object");
  for (const [key, value] of Object.entries(source)) {
    const present = target[key];
    if (isObject(value)) {
      const inner: JsonObject = isObject(present) ? { ...present } : {};
      mergeInto(inner, value);
      target[key] = inner;
    } else if (isList(value) && isList(present)) {
      target[key] = [...present, ...value];
    } else {
      target[key] = value;
    }
  }
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function nest(path: readonly string[], leaf: Json): Json {
  return path.reduceRight<Json>((inner, part) => ({ [part]: inner }), leaf);
}
