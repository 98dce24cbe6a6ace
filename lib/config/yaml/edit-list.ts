import { isAlias, isCollection, isNode, isScalar, isSeq, parseDocument, stringify } from "yaml";
import { type EntryPath, layoutError, rangeOf, saysExactly } from "./edit-checks";
import { applyEdits, type Edit, itemSpan, remove } from "./text-edits";

/** From the root of the file; numbers are places in lists. */
export type ListPath = readonly [EntryPath[number], ...(string | number)[]];

/**
 * The text of a YAML file with other texts in a list: each item stays, goes, or is replaced by
 * others. All other text stays unchanged, comments too. A single text counts as a list of one.
 * @param change the texts that replace an item; the same one: it stays; none: it goes
 * @throws ProjectError `yaml-layout` (exit 2): the layout does not allow the edit, or nothing would
 * be left
 */
export function editList(
  text: string,
  path: ListPath,
  change: (item: unknown, at: number) => readonly unknown[],
): string {
  const names = path.map(String);
  const document = parseDocument(text, { uniqueKeys: true });
  const list: unknown = document.errors.length > 0 ? undefined : document.getIn(path, true);
  if (!isNode(list) || isAlias(list)) throw layoutError(names, "removed");
  const items = isSeq(list) ? list.items : [list];
  const values: readonly unknown[] = isSeq(list) ? list.toJS(document) : [list.toJS(document)];
  const wanted = values.map(change);
  const after = wanted.flat();
  if (after.length === 0 || items.some((item) => isCollection(item) && item.anchor !== undefined))
    throw layoutError(names, "removed");
  const edited = applyEdits(
    text,
    !isSeq(list) || list.flow === true
      ? [flowList(text, list, items, values, wanted)]
      : blockItems(text, items, values, wanted),
  );
  const expected = parseDocument(text);
  const only = !isSeq(list) && after.length === 1 ? after[0] : after;
  expected.setIn(path, expected.createNode(only));
  if (!saysExactly(edited, expected)) throw layoutError(names, "removed");
  return edited;
}

/** A list between brackets, written anew from the texts of its items. */
function flowList(
  text: string,
  list: unknown,
  items: readonly unknown[],
  values: readonly unknown[],
  wanted: readonly (readonly unknown[])[],
): Edit {
  const range = rangeOf(list);
  if (range === undefined || text.slice(...range).includes("#")) throw layoutError([], "removed");
  const written = wanted.flatMap((put, at) => {
    const own = rangeOf(items[at]);
    const isKept = put.length === 1 && put[0] === values[at] && own !== undefined;
    return isKept ? [text.slice(...own).trim()] : put.map(inFlow);
  });
  const isOne = !isSeq(list) && written.length === 1;
  return { from: range[0], to: range[1], text: isOne ? (written[0] ?? "") : `[${written.join(", ")}]` };
}

/** A list with a line for each item. */
function blockItems(
  text: string,
  items: readonly unknown[],
  values: readonly unknown[],
  wanted: readonly (readonly unknown[])[],
): readonly Edit[] {
  return wanted.flatMap((put, at): readonly Edit[] => {
    const item = items[at];
    if (put.length === 1 && put[0] === values[at]) return [];
    const span = itemSpan(text, item);
    if (put.length === 0) return [remove(text, span)];
    const range = rangeOf(item);
    if (!isScalar(item) || range === undefined) throw layoutError([], "removed");
    const dash = text.slice(span.from, range[0]);
    if (!/^ *- +$/.test(dash)) throw layoutError([], "removed");
    return [{ from: range[0], to: range[1], text: put.map(inFlow).join(`\n${dash}`) }];
  });
}

function inFlow(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();
}
