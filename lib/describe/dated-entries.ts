import type { Access, DatedEntry } from "../config/model/model";
import { writeMoment } from "../config/rules/moment";
import { describeDistance, describeEnd, describeMoment } from "./moment";
import { type Phrase, plainText, quoted } from "./phrase";

/**
 * Entries that end within this time are worth a word: time for a pull request that extends them.
 */
const SOON_MS = 14 * 86_400_000;

/** The entries of the file that have ended at a moment. @param at ISO 8601 in UTC, to the second */
export function endedEntries({ dated = [] }: Pick<Access, "dated">, at: string): readonly DatedEntry[] {
  return dated.filter(({ period }) => period.end !== undefined && period.end <= at);
}

/** Those that end within 14 days after a moment, the next one first. */
export function endingEntries({ dated = [] }: Pick<Access, "dated">, at: string): readonly DatedEntry[] {
  const last = writeMoment(Date.parse(at) + SOON_MS);
  return dated
    .filter(({ period: { end } }) => end !== undefined && end > at && end <= last)
    .sort((left, right) => ((left.period.end ?? "") < (right.period.end ?? "") ? -1 : 1));
}

/** Such as `bob in projects.website.roles.deploy.people`, `projects.website`. */
export function entryName({ kind, path }: DatedEntry): string {
  return kind === "member" ? `${path.at(-1)} in ${path.slice(0, -1).join(".")}` : path.join(".");
}

/** Such as `bob in … ended on 31 December 2026 (INC-123)`. */
export function describeEnded(entry: DatedEntry): string {
  const end = entry.period.end ?? "";
  return plainText([`${entryName(entry)} ${describeEndAt(end, end)}`, ...describeReason(entry)]);
}

/** Such as `bob in … ends in 3 days, on 31 December 2026 (INC-123)`. */
export function describeEnding(entry: DatedEntry, at: string): string {
  return plainText([`${entryName(entry)} ${endWords(entry, at)}`, ...describeReason(entry)]);
}

/** One of the two, with the entry and the reason quoted, which are texts of the file. */
export function describeEndOf(entry: DatedEntry, at: string): Phrase {
  const { kind, path } = entry;
  const name: Phrase =
    kind === "member"
      ? [quoted(String(path.at(-1))), " in ", quoted(path.slice(0, -1).join("."))]
      : [quoted(path.join("."))];
  return [...name, " ", endWords(entry, at), ...describeReason(entry)];
}

function endWords({ period: { start, end = "" } }: DatedEntry, at: string): string {
  const ahead = start !== undefined && start > at ? `, and begins on ${describeMoment(start)}` : "";
  return `${describeEndAt(end, at)}${ahead}`;
}

/**
 * An end, seen from a moment: `ended on 31 December 2026`; `ends in 3 days, on 31 December 2026`.
 * @param end the first moment after the period
 */
export function describeEndAt(end: string, at: string): string {
  const day = `${end.endsWith("T00:00:00Z") ? "on" : "at"} ${describeEnd(end)}`;
  return end <= at ? `ended ${day}` : `ends ${describeDistance(end, at)}, ${day}`;
}

/** Such as ` (INC-123)`; empty: the entry has no reason. */
export function describeReason({ reason }: DatedEntry): Phrase {
  return reason === undefined ? [] : [" (", quoted(reason), ")"];
}
