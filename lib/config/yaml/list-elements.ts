import { type Document, isMap, isNode, isSeq, parseDocument, stringify, type YAMLSeq } from "yaml";
import { type EntryPath, layoutError, rangeOf, saysExactly } from "./edit-checks";
import { applyEdits, type Edit, indentOf, insertAfter, itemSpan, remove, withLineEnds } from "./text-edits";

/**
 * The text of a YAML file without one element of a list. All other text stays unchanged; a comment on
 * the element's own line goes with it.
 * @param path the keys of the list
 * @param index of the element; it is not the only one
 * @throws ProjectError `yaml-layout` (exit 2): there is no such element, or the layout of the text
 * does not allow the edit
 */
export function removeElement(text: string, path: EntryPath, index: number): string {
  return edited(
    text,
    path,
    "removed",
    (list, lines) => {
      const item = itemAt(list, index, path);
      if (list.flow !== true) return remove(lines, itemSpan(lines, item));
      const next = list.items[index + 1];
      // With the comma after it; at the end of the list, with the comma before it.
      if (next !== undefined) return { from: startOf(item, path), to: startOf(next, path), text: "" };
      return { from: endOf(itemAt(list, index - 1, path), path), to: endOf(item, path), text: "" };
    },
    (wanted) => wanted.deleteIn([...path, index]),
  );
}

/** The same with one more element at the end of the list, written on one line. */
export function addElement(text: string, path: EntryPath, value: unknown): string {
  return edited(
    text,
    path,
    "added",
    (list, lines) => {
      const last = itemAt(list, list.items.length - 1, path);
      if (list.flow === true) {
        const at = endOf(last, path);
        return { from: at, to: at, text: `, ${flow(value)}` };
      }
      return insertAfter(
        lines,
        itemSpan(lines, last),
        `${" ".repeat(indentOf(lines, list))}- ${flow(value)}`,
      );
    },
    (wanted) => wanted.addIn(path, wanted.createNode(value)),
  );
}

/** The same with another value of one element, written on one line. */
export function replaceElement(text: string, path: EntryPath, index: number, value: unknown): string {
  return edited(
    text,
    path,
    "added",
    (list) => {
      const item = itemAt(list, index, path);
      return { from: startOf(item, path), to: endOf(item, path), text: flow(value) };
    },
    (wanted) => wanted.setIn([...path, index], wanted.createNode(value)),
  );
}

function edited(
  text: string,
  path: EntryPath,
  what: "added" | "removed",
  editFor: (list: YAMLSeq, lines: string) => Edit,
  change: (wanted: Document) => void,
): string {
  return withLineEnds(text, (lines) => {
    const list: unknown = parseDocument(lines, { uniqueKeys: true }).getIn(path, true);
    if (!isSeq(list)) throw layoutError(path, what);
    const after = applyEdits(lines, [editFor(list, lines)]);
    const wanted: Document = parseDocument(lines);
    change(wanted);
    // Read back, so that an unusual layout cannot change its meaning.
    if (!saysExactly(after, wanted)) throw layoutError(path, what);
    return after;
  });
}

function flow(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();
}

function itemAt(list: YAMLSeq, index: number, path: EntryPath): unknown {
  const item: unknown = list.items[index];
  if (!isNode(item)) throw layoutError(path, "removed");
  return item;
}

function startOf(node: unknown, path: EntryPath): number {
  return placeOf(node, path)[0];
}

/** A block map reaches over a comment behind its last value, which stays. */
function endOf(node: unknown, path: EntryPath): number {
  if (isMap(node) && node.flow !== true) {
    const last = node.items.at(-1);
    return endOf(isNode(last?.value) ? last.value : last?.key, path);
  }
  return placeOf(node, path)[1];
}

function placeOf(node: unknown, path: EntryPath): readonly [from: number, to: number] {
  const range = rangeOf(node);
  if (range === undefined) throw layoutError(path, "removed");
  return range;
}
