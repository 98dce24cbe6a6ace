import { counted, withSeparators } from "../../describe/list";
import { unequalPairs } from "../../plan/align-lists";
import type { ShownValue } from "../../plan/resource-change";
import type { DiffLine } from "./block";

/** Unchanged lines around a change; the others are counted. */
const CONTEXT_LINES = 2;
/** An equal part that is longer is cut in its middle; so many characters stay on both sides. */
const LONG_EQUAL = 80;
const KEPT_EQUAL = 20;
/** Of longer texts only the equal lines at both ends are cut. */
const MOST_LINES = 500;

/**
 * Two values of one attribute as lines of a diff. Lines that do not change are cut, and so is the
 * middle of a long line where both are equal.
 * @param most the longest value, in characters
 * @param note follows the last line of the new value
 */
export function changedValueLines(
  path: string,
  before: ShownValue,
  after: ShownValue,
  { most, note, newMark }: { readonly most: number; readonly note: string; readonly newMark: "+" | "!" },
): readonly DiffLine[] {
  const [old, now] = [before, after].map((value) => linesIn(textOf(value)));
  const isText = before.kind === "text" && after.kind === "text";
  if (old !== undefined && now !== undefined && isText && old.length + now.length > 2)
    return [
      { mark: newMark === "!" ? "!" : " ", text: `${path}:${note}` },
      ...lineDiff(old, now).map(({ mark, text }): DiffLine => ({ mark, text: `  ${shortened(text, most)}` })),
    ];
  const [was, is] = isText ? withoutEqual(textOf(before), textOf(after)) : [textOf(before), textOf(after)];
  return [
    ...(before.kind === "absent" ? [] : valueLines("-", path, was, most, "")),
    ...(after.kind === "absent" ? [] : valueLines(newMark, path, is, most, note)),
  ];
}

function valueLines(
  mark: DiffLine["mark"],
  path: string,
  value: string,
  most: number,
  note: string,
): readonly DiffLine[] {
  const [first = "", ...rest] = linesIn(shortened(value, most));
  return [
    { mark, text: `${path} = ${first}${rest.length === 0 ? note : ""}` },
    ...rest.map(
      (text, index): DiffLine => ({ mark, text: `  ${text}${index === rest.length - 1 ? note : ""}` }),
    ),
  ];
}

function linesIn(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}

function lineDiff(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const { removed, added } =
    Math.max(before.length, after.length) > MOST_LINES ? betweenEnds(before, after) : inPairs(before, after);
  const lines: DiffLine[] = [];
  for (let [old, now] = [0, 0]; old < before.length || now < after.length; ) {
    if (old < before.length && (removed.has(old) || now >= after.length)) {
      lines.push({ mark: "-", text: before[old] ?? "" });
      old += 1;
    } else if (added.has(now) || old >= before.length) {
      lines.push({ mark: "+", text: after[now] ?? "" });
      now += 1;
    } else {
      lines.push({ mark: " ", text: after[now] ?? "" });
      old += 1;
      now += 1;
    }
  }
  return withContext(lines);
}

interface Changed {
  readonly removed: ReadonlySet<number>;
  readonly added: ReadonlySet<number>;
}

function inPairs(before: readonly string[], after: readonly string[]): Changed {
  const pairs = unequalPairs(before, after, () => 0);
  return {
    removed: new Set(pairs.flatMap((pair) => pair.before ?? [])),
    added: new Set(pairs.flatMap((pair) => pair.after ?? [])),
  };
}

function betweenEnds(before: readonly string[], after: readonly string[]): Changed {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const rest = (length: number) =>
    new Set(Array.from({ length: length - start - end }, (_, at) => start + at));
  return { removed: rest(before.length), added: rest(after.length) };
}

/** Cuts what is unchanged and not beside a change. */
function withContext(lines: readonly DiffLine[]): readonly DiffLine[] {
  const near = new Set<number>();
  for (const [at, { mark }] of lines.entries())
    if (mark !== " ") for (let by = -CONTEXT_LINES; by <= CONTEXT_LINES; by += 1) near.add(at + by);
  const shown: DiffLine[] = [];
  let cut = 0;
  for (const [at, line] of [...lines, undefined].entries()) {
    if (line !== undefined && !near.has(at)) {
      cut += 1;
      continue;
    }
    if (cut > 0) shown.push({ mark: " ", text: `… (${counted(cut, "unchanged line")})` });
    cut = 0;
    if (line !== undefined) shown.push(line);
  }
  return shown;
}

/** Both texts without the middle of what is equal at their beginnings and at their ends. */
function withoutEqual(before: string, after: string): readonly [string, string] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (
    end < most - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end += 1;
  const cut = (text: string): string => {
    const middle = text.slice(start, text.length - end);
    return middleCut(text.slice(0, start)) + middle + middleCut(text.slice(text.length - end));
  };
  return [cut(before), cut(after)];
}

function middleCut(equal: string): string {
  if (equal.length <= LONG_EQUAL) return equal;
  const [first, last] = [endOfPair(equal, KEPT_EQUAL), endOfPair(equal, equal.length - KEPT_EQUAL)];
  return `${equal.slice(0, first)}… (${withSeparators(last - first)} equal characters) …${equal.slice(last)}`;
}

/** The place, or the one before it if a surrogate pair would be split. */
function endOfPair(text: string, at: number): number {
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at;
}

export function textOf(value: ShownValue): string {
  switch (value.kind) {
    case "absent":
      return "(none)";
    case "known-after-apply":
      return "(known after apply)";
    case "sensitive":
      return "(sensitive)";
    case "text":
      return value.text;
  }
}

/** The beginning of a text and the number of characters cut; a surrogate pair is never split. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = endOfPair(text, most);
  return `${text.slice(0, Math.max(cut, 0))}… (${withSeparators(text.length - cut)} more characters)`;
}
