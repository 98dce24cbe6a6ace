import { type Document, isMap, isNode, isScalar, type Pair, parseDocument, type YAMLMap } from "yaml";
import { type EntryPath, layoutError, rangeOf, saysExactly } from "./edit-checks";
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
  if (!saysExactly(edited, wanted)) throw layoutError(path, "removed");
  return edited;
}

function editFor(text: string, document: Document, path: EntryPath): Edit {
  const above = path.slice(0, -1);
  const map: unknown = above.length === 0 ? document.contents : document.getIn(above, true);
  if (!isMap(map)) throw layoutError(path, "removed");
  const at = map.items.findIndex(({ key }) => isScalar(key) && String(key.value) === path.at(-1));
  const pair = map.items[at];
  if (pair === undefined) throw layoutError(path, "removed");
  if (map.items.length === 1) return emptied(text, map, pair);
  if (map.flow !== true) return remove(text, pairSpan(text, pair));
  const next = map.items[at + 1];
  // With the comma after it; at the end of the map, with the comma before it.
  if (next !== undefined) return { from: startOf(pair.key), to: startOf(next.key), text: "" };
  const before = map.items[at - 1];
  if (before === undefined) throw layoutError(path, "removed");
  return { from: endOf(before), to: endOf(pair), text: "" };
}

function emptied(text: string, map: YAMLMap, pair: Pair): Edit {
  if (map.flow === true) return { from: startOf(map), to: spanOf(map)[1], text: "{}" };
  const { from, to } = pairSpan(text, pair);
  // After the key of the map, before a comment on its line.
  const line = text.lastIndexOf("\n", from - 1);
  const above = text.slice(text.lastIndexOf("\n", line - 1) + 1, line);
  const colon = /^\s*(?:[^\s#"']+|"[^"]*"|'[^']*')\s*:(?=\s|$)/.exec(above)?.[0].length;
  if (colon === undefined) throw layoutError([], "removed");
  const start = line - above.length + colon;
  return { from: start, to, text: ` {}${text.slice(start, line)}` };
}

function startOf(node: unknown): number {
  return spanOf(node)[0];
}

function endOf({ key, value }: Pair): number {
  return spanOf(isNode(value) ? value : key)[1];
}

function spanOf(node: unknown): readonly [from: number, to: number] {
  const range = rangeOf(node);
  if (range === undefined) throw layoutError([], "removed");
  return range;
}
