import type { Rule } from "./rule";

const DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
const CLOCK = "[0-9]{2}:[0-9]{2}(:[0-9]{2})?";
const ZONE = "(Z|[+-][0-9]{2}:[0-9]{2})";

/** A day, or a time with its zone. */
export const momentPattern = `^${DAY}(T${CLOCK}${ZONE})?$`;

const wanted = new RegExp(momentPattern);
const day = new RegExp(`^${DAY}$`);
const withoutZone = new RegExp(`^(${DAY})[Tt ](${CLOCK})$`);
const withSpace = new RegExp(`^(${DAY})[t ](${CLOCK}) ?${ZONE}$`, "i");
const otherOrder = /^([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})$/;

const DAY_MS = 86_400_000;
/** Outside of these a year is a typing error, and ISO 8601 in UTC has four digits in between. */
const [firstYear, lastYear] = [2000, 2999];

const allowed = 'a day ("2026-12-31", in UTC) or a time with its zone ("2026-12-31T18:00Z")';

/** `from` and `until`. AWS compares whole seconds, so a part of a second has no meaning here. */
export const momentRule: Rule = (text) => {
  const zoneless = withoutZone.exec(text);
  if (zoneless !== null) {
    const written = `${zoneless[1]}T${zoneless[2]}`;
    return {
      code: "time-without-zone",
      message: "the time has no zone, so it is not clear which moment it names",
      found: text,
      allowed,
      fix: `write ${written}Z if it is in UTC, or add its offset, such as ${written}+09:00`,
    };
  }
  if (!wanted.test(text)) {
    return {
      code: "malformed-date",
      message: "this is not a date",
      found: text,
      allowed,
      fix: adviceFor(text),
    };
  }
  if (instantOf(text) !== undefined) return undefined;
  return {
    code: "no-such-date",
    message: "this date or time does not exist",
    found: text,
    allowed: `days and times that exist, in the years ${firstYear} to ${lastYear}`,
    fix: "correct the day, the time or the offset",
  };
};

function adviceFor(text: string): string {
  const spaced = withSpace.exec(text);
  if (spaced !== null) return `write ${spaced[1]}T${spaced[2]}${(spaced[4] ?? "").toUpperCase()}`;
  const [, year, month = "", date = ""] = otherOrder.exec(text) ?? [];
  const iso =
    year === undefined ? "2026-12-31" : `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  return `write year, month and day, such as ${iso}`;
}

/**
 * The first moment of a valid text: the start of a day in UTC, or the time itself.
 * @returns ISO 8601 in UTC, to the second: `2026-12-31T00:00:00Z`
 */
export function firstMomentOf(text: string): string {
  return writeMoment(instantOf(text) ?? Number.NaN);
}

/**
 * The first moment after a valid text: the start of the day after it in UTC, so that the whole day
 * belongs to it; or the time itself.
 */
export function momentAfter(text: string): string {
  return writeMoment((instantOf(text) ?? Number.NaN) + (day.test(text) ? DAY_MS : 0));
}

/** @param ms since 1970; the part of a second is left out */
export function writeMoment(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

/**
 * A valid day or time in milliseconds since 1970; a day is its start. Undefined: it does not exist,
 * or its form is another.
 */
export function instantOf(text: string): number | undefined {
  if (!wanted.test(text)) return undefined;
  const [date = "", time = "00:00:00Z"] = text.split("T");
  const clock = time.replace(/(Z|[+-].*)$/, "");
  const zone = time.slice(clock.length);
  const seconds = clock.length === 5 ? `${clock}:00` : clock;
  const utc = Date.parse(`${date}T${seconds}Z`);
  // Date.parse takes the 30th of February for the 2nd of March, and 24:00 for the next day.
  if (Number.isNaN(utc) || writeMoment(utc) !== `${date}T${seconds}Z`) return undefined;
  const offset = offsetOf(zone);
  if (offset === undefined) return undefined;
  const instant = utc - offset;
  const year = new Date(instant).getUTCFullYear();
  return year < firstYear || year > lastYear ? undefined : instant;
}

/** Milliseconds. Real offsets are at most 14 hours. */
function offsetOf(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const [hours = 0, minutes = 0] = zone.slice(1).split(":").map(Number);
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
