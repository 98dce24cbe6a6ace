import { ProjectError } from "../errors";
import { readInput } from "./read-input";

/** Something that a person has looked at and accepts. */
export interface Acceptance {
  /** As the report shows it, such as `broader-3f9c2a1b04de`. */
  readonly id: string;
  /** Where it is said: `--accept`, or file and line. */
  readonly place: string;
  /** The last day on which it holds, `2027-03-31`. Undefined: it has no end. */
  readonly until?: string;
  readonly reason?: string;
}

/** Whether a text is an id as reports show it. */
export function isAcceptId(text: string): boolean {
  return /^[a-z]+(-[a-z]+)*-[0-9a-f]{12}$/.test(text);
}

const LINE = /^(?<id>\S+)(?:\s+until\s+(?<until>\S+)\s+because\s+(?<reason>\S.*))?$/;

/**
 * Reads what is accepted: a line each, `ID until 2027-03-31 because REASON`; `#` begins a comment,
 * but in a reason.
 * @param isTermed true: each needs its end and its reason. Default: an id alone is accepted without
 * an end
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
      if (!isAcceptId(id)) throw notRead(place, `"${text}" is no acceptance`, text);
      if (until !== undefined && !isDate(until)) throw notRead(place, `"${until}" is no date`, until);
      if (isTermed && until === undefined)
        throw notRead(place, `"${id}" has no end date and no reason`, text);
      const before = seen.get(id);
      if (before !== undefined)
        throw notRead(place, `"${id}" is accepted a second time, first at ${before}`, id);
      seen.set(id, place);
      return [
        { id, place, ...(until === undefined ? {} : { until }), ...(reason === undefined ? {} : { reason }) },
      ];
    });
}

/** Acceptances that hold on a day, and those whose end has passed. @param today `2026-11-29` */
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
 * What a person should know of acceptances that do nothing: those that have ended, and those of
 * what is not there.
 * @param known ids of the report
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
        `${place}: ${id} was accepted until ${until}, ${known.includes(id) ? "and counts again" : `and is not in ${where}`}`,
    ),
    ...accepted
      .filter(({ id }) => !known.includes(id))
      .map(({ id, place }) => `${place}: ${id} is accepted, and is not in ${where}`),
  ];
}

function withoutComment(line: string): string {
  const text = line.trim();
  if (text.startsWith("#")) return "";
  return /\sbecause\s/.test(text) ? text : text.replace(/#.*$/, "").trim();
}

/** A day of the calendar, as ISO 8601 writes it. */
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
    fix: "one acceptance a line: broader-3f9c2a1b04de until 2027-03-31 because we need it for the migration; # begins a comment",
    exitCode: 2,
  });
}

/**
 * The day by the calendar of UTC, so that an end date is the same on every machine: `2026-11-29`.
 */
export function today(now: number = Date.now()): string {
  return new Date(now).toISOString().slice(0, 10);
}
