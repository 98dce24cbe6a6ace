import { ProjectError } from "../errors";
import { readInput } from "./read-input";

/** A finding or change that a person has reviewed and accepts. */
export interface Acceptance {
  /** As the report shows it, such as `broader-3f9c2a1b04de`. */
  readonly id: string;
  /** Its source: `--accept`, or file and line. */
  readonly place: string;
  /** The last day on which it is valid, `2027-03-31`. Undefined: it does not expire. */
  readonly until?: string;
  readonly reason?: string;
}

/** Whether a text has the form of an ID in reports. */
export function isAcceptId(text: string): boolean {
  return /^[a-z]+(-[a-z]+)*-[0-9a-f]{12}$/.test(text);
}

const LINE = /^(?<id>\S+)(?:\s+until\s+(?<until>\S+)\s+because\s+(?<reason>\S.*))?$/;

/**
 * Reads acceptances, one a line: `ID until 2027-03-31 because REASON`. `#` begins a comment, except
 * in a reason.
 * @param isTermed true: end date and reason are required. Default: both are optional
 * @throws ProjectError `accept-not-read` (exit 2) with file and line, and those of `readInput`
 */
export function readAcceptFile(file: string, isTermed = false): readonly Acceptance[] {
  const seen = new Map<string, string>();
  return readInput(file)
    .split(/\r\n|\n|\r/)
    .flatMap((line, index) => {
      const text = withoutComment(line);
      if (text === "") return [];
      const place = `${file}:${index + 1}`;
      const { id = "", until, reason } = LINE.exec(text)?.groups ?? {};
      if (!isAcceptId(id)) throw notRead(place, `"${text}" is not an acceptance`, text);
      if (until !== undefined && !isDate(until)) throw notRead(place, `"${until}" is not a date`, until);
      if (isTermed && until === undefined)
        throw notRead(place, `"${id}" has no end date and no reason`, text);
      const before = seen.get(id);
      if (before !== undefined) throw notRead(place, `"${id}" is already accepted at ${before}`, id);
      seen.set(id, place);
      return [
        { id, place, ...(until === undefined ? {} : { until }), ...(reason === undefined ? {} : { reason }) },
      ];
    });
}

/** Acceptances that are valid on a day, and those that have expired. @param today `2026-11-29` */
export function inForce(
  acceptances: readonly Acceptance[],
  today: string,
): { readonly accepted: readonly Acceptance[]; readonly expired: readonly Acceptance[] } {
  const isOver = ({ until }: Acceptance): boolean => until !== undefined && until < today;
  return {
    accepted: acceptances.filter((one) => !isOver(one)),
    expired: acceptances.filter(isOver),
  };
}

/**
 * Notes on acceptances without effect: those that have expired, and those whose ID is not in the
 * report.
 * @param known IDs of the report
 * @param where `this review`, `this audit`
 */
export function notesOn(
  { accepted, expired }: ReturnType<typeof inForce>,
  known: readonly string[],
  where: string,
): readonly string[] {
  return [
    ...expired.map(
      ({ id, place, until }) =>
        `${place}: the acceptance of ${id} expired on ${until}${known.includes(id) ? "" : `; ${id} is not in ${where}`}`,
    ),
    ...accepted
      .filter(({ id }) => !known.includes(id))
      .map(({ id, place }) => `${place}: ${id} is accepted and not in ${where}`),
  ];
}

function withoutComment(line: string): string {
  const text = line.trim();
  if (text.startsWith("#")) return "";
  return /\sbecause\s/.test(text) ? text : text.replace(/#.*$/, "").trim();
}

/** Whether a text is an ISO 8601 date. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

function notRead(place: string, what: string, found: string): ProjectError {
  return new ProjectError({
    code: "accept-not-read",
    message: `${place}: ${what}`,
    found,
    fix: "write one acceptance a line: broader-3f9c2a1b04de until 2027-03-31 because we need it for the migration; # begins a comment",
    exitCode: 2,
  });
}

/** The date in UTC, `2026-11-29`, so that an end date means the same on every machine. */
export function today(now: number = Date.now()): string {
  return new Date(now).toISOString().slice(0, 10);
}
