import type { Grant, Periods } from "../../../config/model/model";
import { CharacterSet, isSurrogate } from "../../automata/character-set";
import { type Fragment, sequence } from "../../automata/fragments";
import { anyOne, anyRun, isWholeText } from "../../automata/patterns";
import type { Condition, Policy, Value } from "../../language/policy";
import { partsOf } from "../core/value-parts";
import { grantedSubjects } from "./meaning";
import { readKey, readProvider } from "./provider";

/** One character, by its code point; any of a set; any whatever. */
type Cell = number | CharacterSet | typeof anyOne;

/** A subject from its start, one cell for each character; if it is open, any text may follow. */
interface Row {
  readonly cells: Cell[];
  isOpen: boolean;
}

/** More alternatives, or characters, than it is worth to compare. */
const MOST_ROWS = 200;
const MOST_CELLS = 40_000;

/**
 * What a proof of a trust policy depends on, as a text. Two policies with their grants that have
 * the same shape are both proven over every token that can be written, or neither is:
 * docs/trust-proof.md, "One proof for each shape", has the argument. Ids, names and refs count only
 * by where they differ from each other, character by character; all else is part of the shape as it
 * is written.
 * @returns undefined: nothing is known to have the same proof
 */
export function shapeOf(policy: Policy, grant: Grant, providerArn: string): string | undefined {
  const provider = readProvider(providerArn);
  if (provider === undefined) return undefined;
  const languages: (readonly Row[])[] = [];
  const numbered = (fragments: readonly Fragment[]): number | undefined => {
    const rows: Row[] = [];
    for (const fragment of fragments) {
      const more = rowsOf(fragment);
      if (more === undefined) return undefined;
      rows.push(...more);
    }
    return rows.length === 0 ? undefined : languages.push(rows);
  };
  const statements: unknown[] = [];
  for (const { conditions, ...statement } of policy.statements) {
    const asked: unknown[] = [];
    for (const { values, ...condition } of conditions) {
      const meaning = readKey(condition.key, provider);
      // It is a question about the subject, too.
      if (meaning === "project") return undefined;
      if (meaning !== "subject") asked.push({ ...condition, values });
      else {
        const language = comparesWhole(condition) ? numbered(values.flatMap(patternOf)) : undefined;
        if (language === undefined || values.some((value) => patternOf(value).length === 0)) return undefined;
        asked.push({ ...condition, language });
      }
    }
    statements.push({ ...statement, conditions: asked });
  }
  const parts = byPeriods(grant);
  for (const part of parts) {
    const lower = rowsOf(grantedSubjects(part.grant, "lower"));
    // Both bounds are the same for listed people.
    const upper =
      grant.people.kind === "listed" ? lower?.map(copyOf) : rowsOf(grantedSubjects(part.grant, "upper"));
    if (lower === undefined || upper === undefined || lower.length === 0) return undefined;
    languages.push(lower, upper);
  }
  const cells = shapeOfRows(languages);
  const { organization, server, audience } = grant;
  return (
    cells &&
    JSON.stringify([
      ...[providerArn, organization, server, audience, statements],
      ...[parts.map(({ periods }) => periods), cells],
    ])
  );
}

function copyOf(row: Row): Row {
  return { ...row };
}

/** One part for each person with periods, as in `meaningOf`; otherwise the grant is one part. */
function byPeriods(grant: Grant): readonly { readonly grant: Grant; readonly periods?: Periods }[] {
  const { people } = grant;
  const isDated = people.kind === "listed" && people.members.some(({ periods }) => periods !== undefined);
  if (!isDated) return [{ grant, ...(people.kind === "everyone" ? only(people) : {}) }];
  return people.members.map((member) => ({
    grant: { ...grant, people: { ...people, members: [member] } },
    ...only(member),
  }));
}

function only({ periods }: { readonly periods?: Periods }): { readonly periods?: Periods } {
  return periods === undefined ? {} : { periods };
}

/**
 * Whether its values are compared with the whole subject, and the empty subject is as any other.
 */
function comparesWhole({ operator: { base, qualifier } }: Pick<Condition, "operator">): boolean {
  return (base === "StringEquals" || base === "StringLike") && qualifier !== "ForAllValues";
}

/** Empty: the value has no exact meaning. */
function patternOf(value: Value): readonly Fragment[] {
  const isExact = value.pieces.every(
    (piece) => piece.kind !== "variable" && (piece.kind !== "literal" || isWholeText(piece.text)),
  );
  return isExact ? [sequence(...partsOf(value))] : [];
}

/**
 * The alternatives of a language. Undefined: a character is not at a fixed place (any text may
 * precede it), or there are too many.
 */
function rowsOf(fragment: Fragment): readonly Row[] | undefined {
  return followed([{ cells: [], isOpen: false }], fragment);
}

/** Extends the rows in place: a copy for each part takes most of the time of a synth's proofs. */
function followed(rows: Row[], fragment: Fragment): Row[] | undefined {
  if (fragment === "") return rows;
  if (fragment === anyRun) {
    for (const row of rows) row.isOpen = true;
    return rows;
  }
  if (typeof fragment === "object" && "sequence" in fragment) {
    let all: Row[] | undefined = rows;
    for (const part of fragment.sequence) all &&= followed(all, part);
    return all;
  }
  if (typeof fragment === "object" && "either" in fragment) {
    const all: Row[] = [];
    for (const part of fragment.either) {
      const copies = rows.map(({ cells, isOpen }) => ({ cells: [...cells], isOpen }));
      const more = followed(copies, part);
      if (more === undefined || all.length + more.length > MOST_ROWS) return undefined;
      all.push(...more);
    }
    return all;
  }
  const cells = cellsOf(fragment);
  if (cells === undefined || rows.some(({ isOpen }) => isOpen)) return undefined;
  for (const row of rows) for (const cell of cells) row.cells.push(cell);
  return rows;
}

function cellsOf(fragment: Exclude<Fragment, typeof anyRun>): readonly Cell[] | undefined {
  if (fragment === anyOne) return [anyOne];
  if (fragment instanceof CharacterSet) return [fragment];
  if (typeof fragment !== "string") return undefined;
  const codes: number[] = [];
  if (!SURROGATE.test(fragment)) {
    for (let at = 0; at < fragment.length; at += 1) codes.push(fragment.charCodeAt(at));
    return codes;
  }
  for (const character of fragment) codes.push(character.codePointAt(0) ?? 0);
  return codes.some(isSurrogate) ? undefined : codes;
}

/** Half of a character beyond the first 65,536, or of none. */
const SURROGATE = /[\ud800-\udfff]/;

/**
 * The rows of every language with each character replaced by its number in its column, in the order
 * of appearance. A column in which every row has the same character is left out: a subject that has
 * another one there is in none of the languages.
 */
function shapeOfRows(languages: readonly (readonly Row[])[]): readonly (readonly string[])[] | undefined {
  const rows = languages.flat();
  const lengths = rows.map(({ cells }) => cells.length);
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
  // The empty subject must be in none of them.
  if (shortest === 0 || longest * rows.length > MOST_CELLS) return undefined;
  const names = new Map(rows.map((row): [Row, string[]] => [row, []]));
  for (let at = 0; at < longest; at += 1) {
    if (at < shortest && isConstant(rows, at)) continue;
    const sets = setsAt(rows, at);
    const numbers = new Map<number, string>();
    for (const row of rows)
      if (at < row.cells.length) names.get(row)?.push(nameOf(row.cells[at] ?? anyOne, sets, numbers));
  }
  return languages.map((language) =>
    language.map((row) => `${names.get(row)?.join(" ")}${row.isOpen ? " *" : ""}`),
  );
}

function isConstant(rows: readonly Row[], at: number): boolean {
  const same = rows[0]?.cells[at];
  if (typeof same !== "number") return false;
  for (const { cells } of rows) if (cells[at] !== same) return false;
  return true;
}

/** The sets in a column, each once, in the order of appearance. */
function setsAt(rows: readonly Row[], at: number): readonly CharacterSet[] {
  const sets: CharacterSet[] = [];
  for (const { cells } of rows) {
    const cell = cells[at];
    if (cell instanceof CharacterSet && !sets.includes(cell)) sets.push(cell);
  }
  return sets;
}

/** A set by its members; a character by its number, and by the sets of its column that have it. */
function nameOf(cell: Cell, sets: readonly CharacterSet[], numbers: Map<number, string>): string {
  if (cell === anyOne) return "?";
  if (typeof cell !== "number") return `[${cell.ranges.join(" ")}]`;
  const known = numbers.get(cell);
  if (known !== undefined) return known;
  const within = sets.map((set) => (set.has(cell) ? "+" : "-")).join("");
  const name = `${numbers.size}${within}`;
  numbers.set(cell, name);
  return name;
}
