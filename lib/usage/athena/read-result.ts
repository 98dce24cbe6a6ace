import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import type { Observed } from "../trail/observed";
import { readOnlyOf } from "../trail/read-exactly";
import { EVENT_TIME, NoRecord } from "../trail/read-record";
import { Tally } from "../trail/tally";
import { COLUMNS, type Column } from "./columns";

/** Characters in which the first column is named; a token of the next page can stand before it. */
const BEGINNING = 2_000;

/**
 * Whether a file is the result of `athenaQuery`: the CSV that Athena writes, or JSON of the AWS
 * CLI.
 */
export function isAthenaResult(file: string): boolean {
  const bytes = Buffer.alloc(BEGINNING);
  const opened = openSync(file, "r");
  try {
    const text = bytes.toString("latin1", 0, readSync(opened, bytes, 0, BEGINNING, 0));
    return /^"?kind"?,"?role"?,/.test(text) || /^\s*\{[^[{]*"ResultSet"\s*:/.test(text);
  } finally {
    closeSync(opened);
  }
}

/** @throws NoRecord */
export function readAthenaResult(file: string): Observed {
  const text = readFileSync(file, "utf8");
  const [head, ...rows] = text.trimStart().startsWith("{") ? rowsOfJson(text) : rowsOfCsv(text);
  if (head === undefined || COLUMNS.some((name, at) => head[at] !== name))
    throw new NoRecord("the columns are not those of the query that --athena prints");
  const tally = new Tally();
  for (const [at, row] of rows.entries()) addRow(row, at + 2, tally);
  return tally.result();
}

function addRow(row: readonly string[], line: number, tally: Tally): void {
  const of = (column: Column): string => row[COLUMNS.indexOf(column)] ?? "";
  const count = Number(of("times"));
  const times = { count, first: of("first_time"), last: of("last_time") };
  const isValid = row.length === COLUMNS.length && Number.isSafeInteger(count) && count > 0;
  if (!isValid || !EVENT_TIME.test(times.first) || !EVENT_TIME.test(times.last))
    throw new NoRecord(`row ${line} has not the values of the query that --athena prints`);
  const role = of("role");
  const kind = of("kind");
  if (kind === "assumed") {
    const by = of("by") === "web-identity" ? "web-identity" : "other";
    const session = of("session") === "" ? undefined : of("session");
    const assumed = {
      role,
      roleId: of("role_id"),
      by,
      subject: of("subject"),
      provider: of("provider"),
      error: of("error"),
    } as const;
    tally.addAssumed(assumed, times, session);
  } else if (kind === "called") {
    const denied = of("denied") === "true";
    const called = { role, session: of("session"), source: of("source"), name: of("name"), denied };
    tally.addCalled(called, times);
  } else if (kind === "examined") {
    const readOnly = readOnlyOf(of("read_only"));
    tally.addExamined(
      { account: of("account"), region: of("region"), category: of("category"), readOnly },
      times,
    );
  } else throw new NoRecord(`row ${line} is of an unknown kind`);
}

/** Rows of CSV as Athena writes it: every value in double quotes, which stand twice in a value. */
function rowsOfCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const value = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (value.lastIndex < text.length) {
    const found = value.exec(text);
    if (found === null) throw new NoRecord(`row ${rows.length + 1} is not CSV`);
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    if (found[3] === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Rows of `aws athena get-query-results`. */
function rowsOfJson(text: string): readonly (readonly string[])[] {
  const page = parse(text);
  if (objectAt(page, "NextToken") !== undefined)
    throw new NoRecord("the result has further pages (NextToken): save all of them, or the CSV");
  const rows = listAt(objectAt(page, "ResultSet"), "Rows");
  return rows.map((row) => listAt(row, "Data").map((cell) => String(objectAt(cell, "VarCharValue") ?? "")));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NoRecord("not valid JSON");
  }
}

function objectAt(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && key in value
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = objectAt(value, key);
  if (!Array.isArray(list)) throw new NoRecord(`the JSON has no list ${key}`);
  return list;
}
