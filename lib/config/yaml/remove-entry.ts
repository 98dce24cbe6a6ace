import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isNode, isScalar, type Pair, parseDocument, type YAMLMap } from "yaml";
import { ProjectError } from "../../errors";
import type { EntryPath } from "./insert-entry";
import { applyEdits, type Edit, pairSpan, remove } from "./text-edits";

/**
 * The text of a YAML file without one entry; a map that becomes empty is written as `{}`. All other
 * text stays unchanged.
 * @param path the keys of the maps and the key of the entry
 * @throws ProjectError `yaml-layout` (exit 2): the entry does not exist, or the layout of the text
 * does not allow the edit
 */
export function removeEntry(text: string, path: EntryPath): string {
  const document = parseDocument(text, { uniqueKeys: true });
  const edited = applyEdits(text, [editFor(text, document, path)]);
  const wanted: Document = parseDocument(text);
  wanted.deleteIn(path);
  const found = parseDocument(edited, { uniqueKeys: true });
  if (found.errors.length > 0 || !isDeepStrictEqual(found.toJS(), wanted.toJS())) throw layout(path);
  return edited;
}

function editFor(text: string, document: Document, path: EntryPath): Edit {
  const above = path.slice(0, -1);
  const map: unknown = above.length === 0 ? document.contents : document.getIn(above, true);
  if (!isMap(map)) throw layout(path);
  const at = map.items.findIndex(({ key }) => isScalar(key) && String(key.value) === path.at(-1));
  const pair = map.items[at];
  if (pair === undefined) throw layout(path);
  if (map.items.length === 1) return emptied(text, map, pair);
  if (map.flow !== true) return remove(text, pairSpan(text, pair));
  const next = map.items[at + 1];
  // With the comma after it; at the end of the map, with the comma before it.
  if (next !== undefined) return { from: startOf(pair.key), to: startOf(next.key), text: "" };
  const before = map.items[at - 1];
  if (before === undefined) throw layout(path);
  return { from: endOf(before), to: endOf(pair), text: "" };
}

function emptied(text: string, map: YAMLMap, pair: Pair): Edit {
  if (map.flow === true) return { from: startOf(map), to: rangeOf(map)[1], text: "{}" };
  const { from, to } = pairSpan(text, pair);
  // After the key of the map, before a comment on its line.
  const line = text.lastIndexOf("\n", from - 1);
  const above = text.slice(text.lastIndexOf("\n", line - 1) + 1, line);
  const colon = /^\s*(?:[^\s#"']+|"[^"]*"|'[^']*')\s*:(?=\s|$)/.exec(above)?.[0].length;
  if (colon === undefined) throw layout([]);
  const start = line - above.length + colon;
  return { from: start, to, text: ` {}${text.slice(start, line)}` };
}

function startOf(node: unknown): number {
  return rangeOf(node)[0];
}

function endOf({ key, value }: Pair): number {
  return rangeOf(isNode(value) ? value : key)[1];
}

function rangeOf(node: unknown): readonly [from: number, to: number] {
  const range = isNode(node) ? node.range : undefined;
  if (range === undefined || range === null) throw layout([]);
  return [range[0], range[1]];
}

function layout(path: readonly string[]): ProjectError {
  return new ProjectError({
    code: "yaml-layout",
    message: `${path.length === 0 ? "an entry" : path.join(".")} cannot be removed because of the layout of the file`,
    found: path.join("."),
    fix: "write maps in block style, without anchors and aliases, and try again",
    exitCode: 2,
  });
}
