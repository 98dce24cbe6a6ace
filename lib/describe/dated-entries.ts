import type { Access, DatedEntry } from "../config/model/model";
import { writeMoment } from "../config/rules/moment";
import { describeDistance, describeEnd, describeMoment } from "./moment";

/** Entries that end within this time are worth a word: time for a pull request that extends them. */
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
  const day = end.endsWith("T00:00:00Z") ? "on" : "at";
  return `${entryName(entry)} ended ${day} ${describeEnd(end)}${reasonOf(entry)}`;
}

/** Such as `bob in … ends in 3 days, on 31 December 2026 (INC-123)`. */
export function describeEnding(entry: DatedEntry, at: string): string {
  const end = entry.period.end ?? "";
  const day = end.endsWith("T00:00:00Z") ? "on" : "at";
  const start = entry.period.start;
  const ahead = start !== undefined && start > at ? `, and begins on ${describeMoment(start)}` : "";
  return `${entryName(entry)} ends ${describeDistance(end, at)}, ${day} ${describeEnd(end)}${ahead}${reasonOf(entry)}`;
}

function reasonOf({ reason }: DatedEntry): string {
  return reason === undefined ? "" : ` (${reason})`;
}
