import { ProjectError } from "../../errors";
import type { Json } from "./json";
import { atIndex, atKey } from "./json-path";

/** Deeper than any policy, plan or listing; limits the parser's stack. */
export const MOST_JSON_DEPTH = 200;

interface JsonOptions {
  /**
   * True: a number that a `number` cannot hold as it is written (`1.0`, twenty digits) is an error.
   * Default: it is rounded.
   */
  readonly exactNumbers?: boolean;
  /**
   * Gets the place of every value: by its path, how many characters stand before it. Default:
   * places are not kept.
   */
  readonly places?: Map<string, number>;
}

/**
 * Reads JSON (RFC 8259) more strictly than `JSON.parse`, which silently keeps the
 * last of two equal keys: of two conditions with the same key, one would be ignored.
 * @throws ProjectError `json-not-read` with line, column and path, for invalid JSON, a duplicate
 * key, more than 200 levels, and a byte order mark
 */
export function parseJson(text: string, options: JsonOptions = {}): Json {
  return new Reader(text, options).document();
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
// A string must not contain characters below U+0020 or incomplete escapes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259, section 7
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORDS = new Map<string, Json>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

class Reader {
  #at = 0;

  constructor(
    readonly text: string,
    readonly options: JsonOptions,
  ) {}

  document(): Json {
    if (this.text.startsWith("\uFEFF")) throw this.#error("", "a byte order mark, which JSON does not allow");
    const value = this.#value("", 0);
    this.#skip(SPACE);
    if (this.#at < this.text.length) throw this.#error("", "text after the end of the document");
    return value;
  }

  #value(path: string, depth: number): Json {
    if (depth > MOST_JSON_DEPTH) throw this.#error(path, `more than ${MOST_JSON_DEPTH} levels`);
    this.#skip(SPACE);
    this.options.places?.set(path, this.#at);
    switch (this.text[this.#at]) {
      case "{":
        return this.#object(path, depth);
      case "[":
        return this.#list(path, depth);
      case '"':
        return this.#string(path);
      default:
        return this.#numberOrWord(path);
    }
  }

  #object(path: string, depth: number): Json {
    const entries = new Map<string, Json>();
    this.#at += 1;
    if (this.#takes("}")) return {};
    do {
      this.#skip(SPACE);
      if (this.text[this.#at] !== '"') throw this.#error(path, "no key in quotes");
      const start = this.#at;
      const key = this.#string(path);
      const place = atKey(path, key);
      if (entries.has(key)) {
        this.#at = start;
        throw this.#error(place, `a duplicate key ${JSON.stringify(key)}`);
      }
      if (!this.#takes(":")) throw this.#error(place, "no colon after the key");
      entries.set(key, this.#value(place, depth + 1));
    } while (this.#takes(","));
    if (!this.#takes("}")) throw this.#error(path, "neither a comma nor the end of the object");
    // Unlike an assignment this makes `__proto__` a property like any other.
    return Object.fromEntries(entries);
  }

  #list(path: string, depth: number): Json {
    const values: Json[] = [];
    this.#at += 1;
    if (this.#takes("]")) return values;
    do values.push(this.#value(atIndex(path, values.length), depth + 1));
    while (this.#takes(","));
    if (!this.#takes("]")) throw this.#error(path, "neither a comma nor the end of the list");
    return values;
  }

  #string(path: string): string {
    const found = this.#match(STRING);
    const value: unknown = found === undefined ? undefined : JSON.parse(found);
    if (typeof value !== "string")
      throw this.#error(path, "a string without its end, or with a character that must be escaped");
    return value;
  }

  #numberOrWord(path: string): Json {
    for (const [word, value] of WORDS) {
      if (!this.text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    const start = this.#at;
    const found = this.#match(NUMBER);
    if (found === undefined) {
      throw this.#error(path, this.#at < this.text.length ? "no JSON value" : "the end of the text");
    }
    if (this.options.exactNumbers === true && String(Number(found)) !== found) {
      this.#at = start;
      throw this.#error(path, `the number ${found}, which has several readings: write it in quotes`);
    }
    return Number(found);
  }

  #takes(character: string): boolean {
    this.#skip(SPACE);
    const isThere = this.text[this.#at] === character;
    if (isThere) this.#at += 1;
    return isThere;
  }

  #skip(pattern: RegExp): void {
    this.#match(pattern);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #error(path: string, what: string): ProjectError {
    const before = this.text.slice(0, this.#at).split("\n");
    const place = `${before.length}:${(before.at(-1) ?? "").length + 1}`;
    return new ProjectError({
      code: "json-not-read",
      message: `${place}: found ${what}${path === "" ? "" : ` (at ${path})`}`,
      found: this.text.slice(this.#at, this.#at + 40),
      fix: "write the document as JSON (RFC 8259), each key of an object once",
      exitCode: 2,
    });
  }
}
