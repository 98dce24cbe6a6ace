import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { Path, Violation } from "./problem";

/**
 * Stands in the tree for something that was refused as YAML and reported, so that nothing else
 * complains about it.
 */
export const unreadable: unique symbol = Symbol("unreadable");

/** Takes what is wrong, at an offset in the text. */
export interface TreeReporter {
  report(offset: number, path: Path, violation: Violation): void;
}

const plainTags: ReadonlySet<string> = new Set(
  ["str", "int", "float", "bool", "null", "map", "seq"].map((name) => `tag:yaml.org,2002:${name}`),
);

/**
 * Plain values for a composed YAML tree. Aliases are never followed, and `__proto__` is refused, so
 * maps are plain objects whose own keys are the file's. Recursion is bounded: `findTooDeep` ran
 * before.
 * @param path where the node stands; changed on the way and as before at the end
 */
export function readTree(node: unknown, reporter: TreeReporter, path: (string | number)[] = []): unknown {
  if (node === null || node === undefined) return null;
  if (!isNode(node)) return unreadable;
  const offset = node.range?.[0] ?? 0;
  if (isAlias(node)) {
    reporter.report(offset, path, {
      code: "yaml-alias",
      message: "YAML aliases are not followed here",
      found: `*${node.source}`,
      allowed: "the value itself",
      fix: "write the value out; to name several people at once, use `groups`",
    });
    return unreadable;
  }
  if (!reportDecoration(node, offset, reporter, path)) return unreadable;
  if (isMap(node)) return readMap(node, reporter, path);
  if (isSeq(node)) {
    return node.items.map((item, index) => {
      path.push(index);
      const value = readTree(item, reporter, path);
      path.pop();
      return value;
    });
  }
  return isScalar(node) ? node.value : unreadable;
}

function readMap(map: YAMLMap, reporter: TreeReporter, path: (string | number)[]): unknown {
  const result: Record<string, unknown> = {};
  for (const pair of map.items) {
    const at = offsetOf(pair.key) ?? map.range?.[0] ?? 0;
    const key = readKey(pair, at, result, reporter, path);
    if (key === undefined) continue;
    path.push(key);
    result[key] = readTree(pair.value, reporter, path);
    path.pop();
  }
  return result;
}

/**
 * The key as text, or undefined once it was reported. Of a key that comes twice only the first is
 * read.
 */
function readKey(
  pair: Pair,
  at: number,
  seen: Readonly<Record<string, unknown>>,
  reporter: TreeReporter,
  path: Path,
): string | undefined {
  const node = pair.key;
  if (isNode(node) && !isAlias(node) && !reportDecoration(node, at, reporter, path)) return undefined;
  if (!isScalar(node) || typeof node.value !== "string") {
    const found = isScalar(node) ? (node.source ?? String(node.value)) : "a key that is no text";
    reporter.report(at, path, {
      code: "key-not-text",
      message: "YAML reads this key as something other than text",
      found,
      allowed: "text",
      fix:
        isScalar(node) && found !== ""
          ? `put it in quotes ("${found}") or choose another name`
          : "write a name before the colon",
    });
    return undefined;
  }
  const key = node.value;
  if (key === "<<") {
    reporter.report(at, path, {
      code: "yaml-merge-key",
      message: "YAML merge keys are not followed here",
      found: key,
      allowed: "the keys themselves",
      fix: "write the keys out",
    });
    return undefined;
  }
  if (key === "__proto__") {
    reporter.report(at, path, {
      code: "bad-name",
      message: "this key has a meaning of its own in JavaScript",
      found: key,
      allowed: "any other key",
      fix: "choose another name",
    });
    return undefined;
  }
  if (Object.hasOwn(seen, key)) {
    reporter.report(at, [...path, key], {
      code: "duplicate-key",
      message: "the key is there already in this map",
      found: key,
      allowed: "each key once",
      fix: "remove one of the two, or give it another name",
    });
    return undefined;
  }
  return key;
}

/** Reports tags and anchors; false if the node cannot be read because of them. */
function reportDecoration(node: Node, offset: number, reporter: TreeReporter, path: Path): boolean {
  if ("anchor" in node && typeof node.anchor === "string") {
    reporter.report(offset, path, {
      code: "yaml-anchor",
      message: "YAML anchors are not used here",
      found: `&${node.anchor}`,
      allowed: "the value without an anchor",
      fix: "remove the anchor and write the value wherever it is needed",
    });
  }
  if (node.tag === undefined || plainTags.has(node.tag)) return true;
  reporter.report(offset, path, {
    code: "yaml-tag",
    message: "this YAML tag is not known",
    found: node.tag,
    allowed: "plain text, numbers, maps and lists",
    fix: "remove the tag",
  });
  return false;
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** A map of the tree as entries in file order, or none if it is something else. */
export function entriesOf(value: unknown): readonly (readonly [key: string, value: unknown])[] {
  return isTreeMap(value) ? Object.entries(value) : [];
}

export function isTreeMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * What stands at a path of the tree: `present` is false if a key or index on the way does not
 * exist.
 */
export function lookUp(root: unknown, path: Path): { readonly present: boolean; readonly value: unknown } {
  let value = root;
  for (const part of path) {
    if (value === unreadable) return { present: true, value };
    if (Array.isArray(value) && typeof part === "number" && part < value.length) value = value[part];
    else if (isTreeMap(value) && Object.hasOwn(value, part)) value = value[part];
    else return { present: false, value: undefined };
  }
  return { present: true, value };
}
