import { Document, isMap, isScalar, type Pair, parseDocument, stringify, visit, type YAMLMap } from "yaml";
import { ProjectError } from "../../errors";
import { type EntryPath, layoutError, rangeOf, saysExactly } from "./edit-checks";
import { applyEdits, type Edit, indentOf, insertAfter, pairSpan, withLineEnds } from "./text-edits";

/** Spaces by which the entries of a new map are indented from its key. */
const STEP = 2;

/**
 * The text of a YAML file with one more entry at the end of its map, which is created if it is
 * missing. All other text stays unchanged, including comments and order.
 * @param path the keys of the maps and the key of the entry
 * @param value plain data; lists are written on one line
 * @throws ProjectError `yaml-entry-exists`, `yaml-layout` (exit 2): the entry exists, or the layout
 * of the text does not allow the edit
 */
export function insertEntry(text: string, path: EntryPath, value: unknown): string {
  return withLineEnds(text, (lines) => inserted(lines, path, value));
}

function inserted(text: string, path: EntryPath, value: unknown): string {
  const document = parseDocument(text, { uniqueKeys: true });
  const edited = applyEdits(text, [editFor(text, document, path, value)]);
  const whole = edited.endsWith("\n") || !text.endsWith("\n") ? edited : `${edited}\n`;
  requireMeaning(text, whole, path, value);
  return whole;
}

function editFor(text: string, document: Document, path: EntryPath, value: unknown): Edit {
  const { contents } = document;
  if (contents === null || !isMap(contents)) {
    if (text.trim() !== "" && contents !== null) throw layoutError(path, "added");
    return { from: text.length, to: text.length, text: `${block(nested(path, value), 0)}\n` };
  }
  let map: YAMLMap = contents;
  for (const [depth, key] of path.entries()) {
    const pair = map.items.find((one) => keyOf(one) === key);
    const rest = path.slice(depth);
    if (pair === undefined) return insertInto(text, map, nested(rest, value));
    if (depth === path.length - 1) throw exists(path);
    const within: unknown = pair.value;
    if (isMap(within) && within.items.length > 0) {
      map = within;
      continue;
    }
    if (!isEmpty(within)) throw layoutError(path, "added");
    return fill(text, map, pair, nested(rest.slice(1), value));
  }
  throw exists(path);
}

/** Into a map with entries: after the last one. */
function insertInto(text: string, map: YAMLMap, entries: object): Edit {
  const last = map.items.at(-1);
  if (last === undefined) throw layoutError([], "added");
  if (map.flow !== true) return insertAfter(text, pairSpan(text, last), block(entries, indentOf(text, map)));
  const to = endOf(last);
  return { from: to, to, text: `, ${flow(entries).slice(1, -1).trim()}` };
}

/** Into a key with an empty map or without a value. */
function fill(text: string, parent: YAMLMap, pair: Pair, entries: object): Edit {
  const key = spanOf(pair.key);
  const value = pair.value === null ? undefined : spanOf(pair.value);
  const isWritten = value !== undefined && value[1] > value[0];
  if (parent.flow === true) {
    if (!isWritten) throw layoutError([], "added");
    return { from: value[0], to: value[1], text: flow(entries) };
  }
  const put = `\n${block(entries, indentOf(text, parent) + STEP)}`;
  const colon = text.indexOf(":", key[1]) + 1;
  if (!isWritten) return { from: colon, to: colon, text: put };
  // The rest of the line, such as a comment, stays on the key's line.
  const line = text.indexOf("\n", value[1]);
  const rest = text.slice(value[1], line === -1 ? text.length : line);
  return { from: colon, to: value[1] + rest.length, text: `${rest.trimEnd()}${put}` };
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || (isMap(value) && value.items.length === 0) || (isScalar(value) && value.value === null)
  );
}

function nested(path: readonly string[], value: unknown): object {
  const [key, ...rest] = path;
  if (key === undefined) throw new Error("an entry has a key");
  return { [key]: rest.length === 0 ? value : nested(rest, value) };
}

/** Maps in block style, lists on one line. */
function block(value: object, indent: number): string {
  const document = new Document(value);
  visit(document, {
    Seq: (_, node) => {
      node.flow = true;
    },
  });
  const lines = document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd().split("\n");
  return lines.map((line) => (line === "" ? "" : " ".repeat(indent) + line)).join("\n");
}

function flow(value: object): string {
  return stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : "";
}

function endOf({ key, value }: Pair): number {
  return value === null ? spanOf(key)[1] : spanOf(value)[1];
}

function spanOf(node: unknown): readonly [from: number, to: number] {
  const range = rangeOf(node);
  if (range === undefined) throw layoutError([], "added");
  return range;
}

/** Reads the edited text back, so that an unusual layout cannot change its meaning. */
function requireMeaning(before: string, after: string, path: EntryPath, value: unknown): void {
  const wanted: Document = parseDocument(before);
  if (wanted.contents === null) wanted.contents = wanted.createNode({});
  for (const depth of path.keys()) {
    const above = path.slice(0, depth);
    const found: unknown = wanted.getIn(above, true);
    if (depth > 0 && (found === undefined || isEmpty(found))) wanted.setIn(above, wanted.createNode({}));
  }
  wanted.setIn(path, wanted.createNode(value));
  if (!saysExactly(after, wanted)) throw layoutError(path, "added");
}

function exists(path: EntryPath): ProjectError {
  return new ProjectError({
    code: "yaml-entry-exists",
    message: `access.yaml already has the entry ${path.join(".")}`,
    found: path.join("."),
    fix: "rename or remove it",
    exitCode: 2,
  });
}
