import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { Path, Violation } from "./problem";
import { offsetOf } from "./yaml-places";

/** Replaces YAML that was reported as unsupported, so that no other check reports it again. */
export const unreadable: unique symbol = Symbol("unreadable");

/** Reports a violation at an offset of the text. */
interface TreeReporter {
  report(offset: number, path: Path, violation: Violation): void;
}

const plainTags: ReadonlySet<string> = new Set(
  ["str", "int", "float", "bool", "null", "map", "seq"].map((name) => `tag:yaml.org,2002:${name}`),
);

/**
 * Plain values of a composed YAML tree. Aliases are never resolved and `__proto__` is an error, so
 * maps are plain objects whose own keys are those of the file. `findTooDeep` has bounded the depth.
 * @param path the place of the node; modified during the call and restored at its end
 */
export function readTree(node: unknown, reporter: TreeReporter, path: (string | number)[] = []): unknown {
  if (node === null || node === undefined) return null;
  if (!isNode(node)) return unreadable;
  const offset = node.range?.[0] ?? 0;
  if (isAlias(node)) {
    reporter.report(offset, path, {
      code: "yaml-alias",
      message: "YAML aliases are not supported",
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

/** The key as text; undefined if it was reported. Of duplicate keys only the first is read. */
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
    const found = isScalar(node) ? (node.source ?? String(node.value)) : "a key that is not text";
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
      message: "YAML merge keys are not supported",
      found: key,
      allowed: "the keys themselves",
      fix: "write the keys out",
    });
    return undefined;
  }
  if (key === "__proto__") {
    reporter.report(at, path, {
      code: "bad-name",
      message: "this key is reserved in JavaScript",
      found: key,
      allowed: "any other key",
      fix: "choose another name",
    });
    return undefined;
  }
  if (Object.hasOwn(seen, key)) {
    reporter.report(at, [...path, key], {
      code: "duplicate-key",
      message: "the map already has this key",
      found: key,
      allowed: "each key once",
      fix: "remove one of the two, or give it another name",
    });
    return undefined;
  }
  return key;
}

/** Reports tags and anchors; false if they make the node unreadable. */
function reportDecoration(node: Node, offset: number, reporter: TreeReporter, path: Path): boolean {
  if ("anchor" in node && typeof node.anchor === "string") {
    reporter.report(offset, path, {
      code: "yaml-anchor",
      message: "YAML anchors are not supported",
      found: `&${node.anchor}`,
      allowed: "the value without an anchor",
      fix: "remove the anchor and write the value wherever it is needed",
    });
  }
  if (node.tag === undefined || plainTags.has(node.tag)) return true;
  reporter.report(offset, path, {
    code: "yaml-tag",
    message: "this YAML tag is not supported",
    found: node.tag,
    allowed: "plain text, numbers, maps and lists",
    fix: "remove the tag",
  });
  return false;
}

/** The entries of a map in file order; empty if the value is not a map. */
export function entriesOf(value: unknown): readonly (readonly [key: string, value: unknown])[] {
  return isTreeMap(value) ? Object.entries(value) : [];
}

export function isTreeMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path of the tree; `present` is false if a key or index does not exist. */
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
