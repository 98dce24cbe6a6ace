import {
  Document,
  isCollection,
  isNode,
  isPair,
  isScalar,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

/** Replaces a part of the text; offsets refer to the text before all edits. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** All edits at once. They must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const backwards = [...edits].sort((left, right) => right.from - left.from || right.to - left.to);
  return backwards.reduce(
    (result, { from, to, text: put }) => result.slice(0, from) + put + result.slice(to),
    text,
  );
}

/** A value as block YAML, indented by `indent` spaces, without a final line break. */
export function render(value: unknown, indent: number): string {
  // Each entry can be replaced by itself later, so none may refer to an anchor in another.
  const document = new Document(value, { aliasDuplicateObjects: false });
  const lines = document.toString({ lineWidth: 0 }).trimEnd().split("\n");
  return lines.map((line) => (line === "" ? "" : " ".repeat(indent) + line)).join("\n");
}

/** From the start of its first line to the end of its last character. */
interface Span {
  readonly from: number;
  readonly to: number;
}

export function pairSpan(text: string, { key, value }: Pair): Span {
  const [start, keyEnd] = rangeOf(key);
  return spanOf(text, start, isNode(value) ? Math.max(keyEnd, rangeOf(value)[1]) : keyEnd, value);
}

export function itemSpan(text: string, item: unknown): Span {
  const [start, end] = rangeOf(item);
  return spanOf(text, start, end, item);
}

function spanOf(text: string, start: number, end: number, last: unknown): Span {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  return { from, to: from + lengthWithoutBlankEnd(text.slice(from, end), last) };
}

/**
 * The length of a text without the blank lines at its end, unless they belong to its last value: a
 * block scalar with `+` keeps its blank lines (YAML 1.2.2, "Block Chomping Indicator").
 */
export function lengthWithoutBlankEnd(text: string, last: unknown): number {
  return keepsBlankLines(last) && text.endsWith("\n") ? text.length - 1 : text.trimEnd().length;
}

function keepsBlankLines(node: unknown): boolean {
  if (isScalar(node)) {
    const isBlock = node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
    return isBlock && /(?:^|\n)\n$/.test(String(node.value));
  }
  if (!isCollection(node)) return false;
  const last: unknown = node.items.at(-1);
  return keepsBlankLines(isPair(last) ? last.value : last);
}

/** Spaces before the entries of a map, or before the dashes of a list. */
export function indentOf(text: string, collection: YAMLMap | YAMLSeq): number {
  const [first] = collection.items;
  const [start] = rangeOf(isNode(first) ? first : (first as Pair).key);
  const from = text.lastIndexOf("\n", start - 1) + 1;
  return /^ */.exec(text.slice(from))?.[0].length ?? 0;
}

/** Whole lines, with the line break before them. */
export function remove(text: string, { from, to }: Span): Edit {
  const line = text.indexOf("\n", to);
  return { from: Math.max(0, from - 1), to: line === -1 ? text.length : line, text: "" };
}

/** After a span, including a comment at the end of its line. */
export function insertAfter(text: string, { to }: Span, put: string): Edit {
  const line = text.indexOf("\n", to);
  const at = line === -1 ? text.length : line;
  return { from: at, to: at, text: `\n${put}` };
}

function rangeOf(node: unknown): readonly [start: number, end: number] {
  const range = isNode(node) || isScalar(node) ? node.range : undefined;
  if (range === undefined || range === null) throw new Error("a node without a place in the text");
  return [range[0], range[1]];
}

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Edits a text as if its lines ended with LF, and restores CR LF if all of its lines ended so. A
 * byte order mark is kept. A text with mixed line ends is edited unchanged.
 */
export function withLineEnds(text: string, edit: (text: string) => string): string {
  if (text.startsWith(BYTE_ORDER_MARK))
    return BYTE_ORDER_MARK + withLineEnds(text.slice(BYTE_ORDER_MARK.length), edit);
  if (!text.includes("\r\n") || /(?<!\r)\n|\r(?!\n)/.test(text)) return edit(text);
  return edit(text.replaceAll("\r\n", "\n")).replaceAll("\n", "\r\n");
}
