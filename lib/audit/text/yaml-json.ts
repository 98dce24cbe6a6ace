import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  Parser,
} from "yaml";
import { findTooDeep } from "../../config/yaml/yaml-depth";
import { ProjectError } from "../../errors";
import type { Json } from "../../iam/language/json";
import { atIndex, atKey } from "../../iam/language/json-path";

/** Aliases make a text longer than it is; no template has so many values. */
const MOST_VALUES = 1_000_000;

/**
 * Reads one YAML 1.2 document as JSON. CloudFormation's short forms are read as the long ones:
 * `!Sub x` as `{"Fn::Sub": "x"}` (CloudFormation User Guide, "Intrinsic function reference").
 * @param options `places` gets the place of every value: by its path, how many characters stand
 * before it
 * @throws ProjectError `yaml-not-read` (exit 2) for what is not YAML, a key that a map has twice, a
 * tag that is not CloudFormation's, and several documents
 */
export function parseYaml(text: string, { places }: { readonly places?: Map<string, number> } = {}): Json {
  const tokens = [...new Parser().parse(text)];
  if (findTooDeep(tokens) !== undefined) throw notRead("it is nested too deeply");
  const [document, second] = new Composer({ schema: "core", uniqueKeys: true }).compose(
    tokens,
    true,
    text.length,
  );
  if (document === undefined) throw notRead("it is empty");
  const [error] = document.errors;
  if (error !== undefined) throw notRead(error.message.split("\n")[0] ?? error.code);
  if (second !== undefined) throw notRead("it has several documents");
  return new Converter(document, places).json(document.contents, "");
}

class Converter {
  #values = 0;

  constructor(
    readonly document: Document<ParsedNode>,
    readonly places: Map<string, number> | undefined,
  ) {}

  json(node: Node | null, path: string): Json {
    this.#values += 1;
    if (this.#values > MOST_VALUES) throw notRead(`it has more than ${MOST_VALUES} values`);
    if (node === null) return null;
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      // An alias to a node that contains it would never end.
      if (target === undefined || isAlias(target) || contains(target, node))
        throw notRead(`the alias *${node.source} is not defined, or refers to itself`);
      return this.json(target, path);
    }
    this.places?.set(path, node.range?.[0] ?? 0);
    const { tag } = node;
    return tag?.startsWith("!") === true && tag !== "!"
      ? longForm(tag, this.#untagged(node, path))
      : this.#untagged(node, path);
  }

  #untagged(node: Node, path: string): Json {
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }): [string, Json] => {
        const name = keyOf(key);
        return [name, this.json(nodeOf(value), atKey(path, name))];
      });
      return Object.fromEntries(entries);
    }
    if (isSeq(node)) return node.items.map((item, index) => this.json(nodeOf(item), atIndex(path, index)));
    const value = isScalar(node) ? node.value : undefined;
    if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw notRead(`it has a value that JSON cannot represent${path === "" ? "" : ` (at ${path})`}`);
  }
}

function contains(node: Node, wanted: Node): boolean {
  if (node === wanted) return true;
  const parts: readonly unknown[] = isMap(node)
    ? node.items.map(({ value }) => value)
    : isSeq(node)
      ? node.items
      : [];
  return parts.some((part) => isNode(part) && contains(part, wanted));
}

/** A part of a map or list. Null: the text has none. */
function nodeOf(part: unknown): Node | null {
  return isNode(part) ? part : null;
}

function keyOf(key: unknown): string {
  if (isScalar(key) && typeof key.value === "string") return key.value;
  // A number as a key is a text in JSON.
  if (isScalar(key) && typeof key.value === "number" && key.source !== undefined) return key.source;
  throw notRead("it has a key that is not text");
}

/** @throws ProjectError `yaml-not-read` for a tag that is not CloudFormation's */
function longForm(tag: string, value: Json): Json {
  const name = tag.slice(1);
  if (name === "Ref" || name === "Condition") return { [name]: value };
  if (!FUNCTIONS.has(name)) throw notRead(`it has the tag ${tag}, which is not a CloudFormation tag`);
  // "!GetAtt logicalName.attribute": the name ends at the first dot.
  const dot = typeof value === "string" ? value.indexOf(".") : -1;
  const isPath = name === "GetAtt" && typeof value === "string" && dot > 0;
  return { [`Fn::${name}`]: isPath ? [value.slice(0, dot), value.slice(dot + 1)] : value };
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  "And",
  "Base64",
  "Cidr",
  "Equals",
  "FindInMap",
  "ForEach",
  "GetAZs",
  "GetAtt",
  "If",
  "ImportValue",
  "Join",
  "Length",
  "Not",
  "Or",
  "Select",
  "Split",
  "Sub",
  "ToJsonString",
  "Transform",
]);

function notRead(why: string): ProjectError {
  return new ProjectError({
    code: "yaml-not-read",
    message: `the input is not a readable YAML document: ${why}`,
    found: why,
    fix: "use one YAML 1.2 document without duplicate keys",
    exitCode: 2,
  });
}
