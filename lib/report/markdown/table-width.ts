import type { Inline } from "../document/block";
import { piecesOf } from "./broken-code";

/** Pixels of a table in a comment on GitHub, on a page that is 900 wide. */
const PAGE = 868;
/** Of one character: of code, and of text (14 px; the widest of the usual fonts). */
const CODE = 7.2;
const TEXT = 7.6;
/** What code has on both sides, and what a cell has, with its line. */
const AROUND_CODE = 10;
const AROUND_CELL = 27;

/** Characters of one code span of an address: as few as a table needs to fit. */
const LIMITS = [44, 32, 24, 16] as const;
/** For a table that does not fit in any case. */
const USUAL = 24;

/**
 * How long a code span of an address may be in each column, for a table to fit on a page. No column
 * breaks addresses that others of its texts leave room for.
 * @param least pixels of each column
 */
export function longestCode(
  rows: readonly (readonly Inline[])[],
  least: readonly number[],
): readonly number[] {
  const width = (at: number, longest: number): number =>
    Math.max(least[at] ?? 0, ...rows.map((row) => widthOf(row[at] ?? [], longest)));
  const columns = least.map((_, at) => at);
  const fits = (longest: number): boolean =>
    columns.reduce((sum, at) => sum + width(at, longest) + AROUND_CELL, 0) <= PAGE;
  const chosen = LIMITS.find(fits) ?? USUAL;
  return columns.map((at) => LIMITS.find((one) => width(at, one) <= width(at, chosen)) ?? chosen);
}

/** Pixels of what cannot be broken. */
function widthOf(cell: Inline, longest: number): number {
  return Math.max(0, ...cell.map((part) => widthOfPart(part, longest)));
}

function widthOfPart(part: Inline[number], longest: number): number {
  if (typeof part === "string") return widestWord([part]) * TEXT;
  if ("quoted" in part) return widestWord(piecesOf(part.quoted, longest)) * CODE + AROUND_CODE;
  return widestWord(["strong" in part ? part.strong : part.text]) * TEXT;
}

function widestWord(texts: readonly string[]): number {
  // A line breaks behind a hyphen, too.
  return Math.max(0, ...texts.flatMap((text) => text.split(/\s+|(?<=-)/)).map((word) => word.length));
}
