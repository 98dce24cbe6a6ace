import { isAlias, isCollection, isMap, isNode, isSeq, type Node, parseDocument, stringify } from "yaml";
import { type EntryPath, layoutError, rangeOf, saysExactly } from "./edit-checks";
import { applyEdits, type Edit, indentOf, insertAfter, itemSpan, remove, withLineEnds } from "./text-edits";

/** From the root of the file; numbers are places in lists. */
export type ListPath = readonly [EntryPath[number], ...(string | number)[]];

/** What replaces an element of a list. */
type Change = (value: unknown, at: number, length: number) => readonly unknown[];

/** An element of a list, and what takes its place. */
interface Element {
  readonly node: unknown;
  readonly value: unknown;
  readonly put: readonly unknown[];
}

/**
 * The text of a YAML file with other elements in a list: each stays, goes, or is replaced by
 * others, which are written on one line. All other text stays unchanged, comments too; a comment on
 * the line of an element that goes, in a list with a line for each, goes with it. A single value
 * counts as a list of one.
 * @param change what replaces an element. With the same value first, it stays, and the others
 * follow it; none: it goes
 * @throws ProjectError `yaml-layout` (exit 2): the layout does not allow the edit, or nothing would
 * be left
 */
export function editList(text: string, path: ListPath, change: Change): string {
  return withLineEnds(text, (lines) => edited(lines, path, change));
}

/** The same with one more element at the end. */
export function addElement(text: string, path: ListPath, value: unknown): string {
  return editList(text, path, (own, at, length) => (at === length - 1 ? [own, value] : [own]));
}

/** The same with another value of one element. */
export function replaceElement(text: string, path: ListPath, index: number, value: unknown): string {
  return editList(text, path, (own, at) => (at === index ? [value] : [own]));
}

/** The same without one element. */
export function removeElement(text: string, path: ListPath, index: number): string {
  return editList(text, path, (own, at) => (at === index ? [] : [own]));
}

function edited(text: string, path: ListPath, change: Change): string {
  const fail = (): Error => layoutError(path.map(String), "changed");
  const document = parseDocument(text, { uniqueKeys: true });
  const list: unknown = document.errors.length > 0 ? undefined : document.getIn(path, true);
  if (!isNode(list) || isAlias(list)) throw fail();
  const nodes = isSeq(list) ? list.items : [list];
  const values: readonly unknown[] = isSeq(list) ? list.toJS(document) : [list.toJS(document)];
  const elements = values.map((value, at): Element => {
    return { node: nodes[at], value, put: change(value, at, values.length) };
  });
  const after = elements.flatMap(({ put }) => put);
  // An alias elsewhere would lose what it refers to.
  if (after.length === 0 || nodes.some((node) => isCollection(node) && node.anchor !== undefined))
    throw fail();
  const edits = isSeq(list)
    ? list.flow === true
      ? flowEdits(text, elements)
      : blockEdits(text, elements, indentOf(text, list))
    : [singleEdit(list, after)];
  if (edits === undefined) throw fail();
  const result = applyEdits(text, edits);
  const expected = parseDocument(text);
  const only = !isSeq(list) && after.length === 1 ? after[0] : after;
  expected.setIn(path, expected.createNode(only));
  // Read back, so that an unusual layout cannot change its meaning.
  if (!saysExactly(result, expected)) throw fail();
  return result;
}

/** A single value, which becomes a list between brackets where several replace it. */
function singleEdit(node: Node, after: readonly unknown[]): Edit {
  const [from, to] = placeOf(node);
  const [only, ...others] = after.map(inFlow);
  return { from, to, text: others.length === 0 ? (only ?? "") : `[${after.map(inFlow).join(", ")}]` };
}

/** Of a list between brackets. Undefined: a comment stands where a comma goes. */
function flowEdits(text: string, elements: readonly Element[]): readonly Edit[] | undefined {
  const lastKept = elements.findLastIndex(({ put }) => put.length > 0);
  const edits = elements.flatMap(({ node, value, put }, at): Edit | readonly Edit[] => {
    const [from, to] = placeOf(node);
    if (put.length > 0) return replaced({ from, to }, value, put, ", ");
    // With the comma after it; behind the last that stays, with the comma before it.
    return at < lastKept
      ? { from, to: placeOf(elements[at + 1]?.node)[0], text: "" }
      : { from: placeOf(elements[at - 1]?.node)[1], to, text: "" };
  });
  const isClean = elements.every(({ put }, at) => {
    if (put.length > 0) return true;
    const [first, second] = at < lastKept ? [at, at + 1] : [at - 1, at];
    const between = text.slice(placeOf(elements[first]?.node)[1], placeOf(elements[second]?.node)[0]);
    return !between.includes("#");
  });
  return isClean ? edits : undefined;
}

/** Of a list with a line for each element. */
function blockEdits(text: string, elements: readonly Element[], indent: number): readonly Edit[] {
  const dash = `${" ".repeat(indent)}- `;
  return elements.flatMap(({ node, value, put }): Edit | readonly Edit[] => {
    const span = itemSpan(text, node);
    if (put.length === 0) return remove(text, span);
    const [from, to] = placeOf(node);
    const [first, ...others] = put;
    if (first !== value) return replaced({ from, to }, value, put, `\n${dash}`);
    if (others.length === 0) return [];
    return insertAfter(text, span, others.map((one) => `${dash}${inFlow(one)}`).join("\n"));
  });
}

function replaced(
  place: Pick<Edit, "from" | "to">,
  value: unknown,
  [first, ...others]: readonly unknown[],
  between: string,
): readonly Edit[] {
  const added = others.map((one) => `${between}${inFlow(one)}`).join("");
  if (first !== value) return [{ ...place, text: `${inFlow(first)}${added}` }];
  return added === "" ? [] : [{ from: place.to, to: place.to, text: added }];
}

function inFlow(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();
}

/** A block map reaches over a comment behind its last value, which stays. */
function placeOf(node: unknown): readonly [from: number, to: number] {
  const range = rangeOf(node);
  if (range === undefined) throw layoutError([], "changed");
  if (!isMap(node) || node.flow === true) return range;
  const last = node.items.at(-1);
  return [range[0], placeOf(isNode(last?.value) ? last.value : last?.key)[1]];
}
