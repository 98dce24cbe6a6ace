import type { Inline } from "../document/block";
import { piecesOf } from "./broken-code";

/** What a host leaves for a table, in pixels, and what its texts take of it. */
interface TableRoom {
  readonly table: number;
  /** One character of code, and of text: the widest of the usual fonts. */
  readonly code: number;
  readonly text: number;
  /** What code has on both sides, and what a cell has, with its line. */
  readonly aroundCode: number;
  readonly aroundCell: number;
}

/**
 * A comment on a page that is 900 px wide, with text of 14 px. GitHub: github-markdown-css. GitLab:
 * its stylesheets (typography.scss, tables.scss) and what a note leaves beside its avatar.
 * Bitbucket: estimated.
 */
const ROOMS = {
  github: { table: 868, code: 7.2, text: 7.6, aroundCode: 10, aroundCell: 27 },
  gitlab: { table: 844, code: 7.6, text: 7.6, aroundCode: 8, aroundCell: 33 },
  bitbucket: { table: 828, code: 7.3, text: 7.6, aroundCode: 8, aroundCell: 21 },
} as const satisfies Readonly<Record<string, TableRoom>>;

/** The hosts for which tables are fitted. */
export type TableHost = keyof typeof ROOMS;

/** Characters of one code span of an address or ARN: as few as a table needs to fit. */
const LIMITS = [44, 32, 24, 16] as const;
/** For a table that does not fit in any case: the less of it is hidden, the better. */
const LEAST = 16;

/**
 * How long a code span of an address or ARN may be in each column, for a table to fit on a page. No
 * column breaks addresses that others of its texts leave room for.
 * @param least pixels of each column
 */
export function longestCode(
  rows: readonly (readonly Inline[])[],
  least: readonly number[],
  host: TableHost,
): readonly number[] {
  const room = ROOMS[host];
  const width = (at: number, longest: number): number =>
    Math.max(least[at] ?? 0, ...rows.map((row) => widthOf(row[at] ?? [], longest, room)));
  const columns = least.map((_, at) => at);
  const fits = (longest: number): boolean =>
    columns.reduce((sum, at) => sum + width(at, longest) + room.aroundCell, 0) <= room.table;
  const chosen = LIMITS.find(fits) ?? LEAST;
  return columns.map((at) => LIMITS.find((one) => width(at, one) <= width(at, chosen)) ?? chosen);
}

/** Pixels of what cannot be broken. */
function widthOf(cell: Inline, longest: number, room: TableRoom): number {
  return Math.max(0, ...cell.map((part) => widthOfPart(part, longest, room)));
}

function widthOfPart(part: Inline[number], longest: number, { code, text, aroundCode }: TableRoom): number {
  if (typeof part === "string") return widestWord([part]) * text;
  if ("quoted" in part) return widestWord(piecesOf(part.quoted, longest)) * code + aroundCode;
  return widestWord(["strong" in part ? part.strong : part.text]) * text;
}

function widestWord(texts: readonly string[]): number {
  // A line breaks behind a hyphen, too.
  return Math.max(0, ...texts.flatMap((text) => text.split(/\s+|(?<=-)/)).map((word) => word.length));
}
