import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

/** A JSON value of a stack. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** A JSON object that can be modified. */
export interface JsonObject {
  [key: string]: Json;
}

/**
 * Text that may contain a cdktf token: `${TfToken[…]}`, or a number token (about 1e289) as text.
 */
const MAYBE_TOKEN = /TfToken\[|\de\+\d/;
/**
 * The token of a list, which stands for it as its only text (cdktf, `lib/tokens/private/encoding`).
 */
const LIST_TOKEN = /#\{TfToken\[/;

/** Resolves what has tokens, once for each text: many arguments are the same bucket's name. */
export class TokenReader {
  readonly #texts = new Map<string, Json>();

  /** @param scope that the tokens are resolved for */
  constructor(private readonly scope: IConstruct) {}

  /**
   * An element's attributes with all cdktf tokens resolved and undefined values omitted, as objects
   * of their own. The result of `Tokenization.resolve` in a fifth of its time, because only values
   * that may contain tokens go through it.
   */
  resolve(value: unknown): Json | undefined {
    if (value === undefined) return undefined;
    if (value === null || typeof value === "boolean") return value;
    if (typeof value === "string") return MAYBE_TOKEN.test(value) ? this.#text(value) : value;
    if (typeof value === "number" && Number.isSafeInteger(value)) return value;
    if (Array.isArray(value)) return this.#list(value);
    if (typeof value === "object" && isPlain(value)) return this.#object(value);
    return this.#byCdktf(value);
  }

  #text(text: string): Json {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const resolved = this.#byCdktf(text);
    // A list or an object would be shared.
    if (typeof resolved === "string") this.#texts.set(text, resolved);
    return resolved;
  }

  #list(values: readonly unknown[]): Json {
    // One token may represent a whole list, which only cdktf can resolve.
    if (values.some((value) => typeof value === "string" && LIST_TOKEN.test(value)))
      return this.#byCdktf(values);
    const resolved: Json[] = [];
    for (const value of values) {
      const one = this.resolve(value);
      if (one !== undefined) resolved.push(one);
    }
    return resolved;
  }

  #object(values: object): Json {
    const result: JsonObject = {};
    for (const [key, value] of Object.entries(values)) {
      if (value === undefined) continue;
      const resolved = this.resolve(value);
      if (resolved !== undefined) result[key] = resolved;
    }
    return result;
  }

  #byCdktf(value: unknown): Json {
    const resolver = new DefaultTokenResolver(new StringConcat());
    return Tokenization.resolve(value, { scope: this.scope, resolver });
  }
}

function isPlain(value: object): boolean {
  if (Object.getPrototypeOf(value) !== Object.prototype || Tokenization.isResolvable(value)) return false;
  for (const key in value) if (MAYBE_TOKEN.test(key)) return false;
  return true;
}

/**
 * Merges `source` into `target`: objects by key, lists concatenated, other values replaced. What is
 * in `source` belongs to `target` from then on, and may be changed by the next one.
 */
export function mergeInto(target: JsonObject, source: Json): void {
  if (!isObject(source)) throw new TypeError("only an object can be merged into an object");
  for (const [key, value] of Object.entries(source)) {
    const present = Object.hasOwn(target, key) ? target[key] : undefined;
    if (isObject(value) && isObject(present)) mergeInto(present, value);
    else if (Array.isArray(value) && Array.isArray(present)) target[key] = [...present, ...value];
    else target[key] = value;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
