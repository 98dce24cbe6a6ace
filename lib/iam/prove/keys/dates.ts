import { parseInstant } from "../../language/operands/instant";
import type { Cut } from "./interval-set";
import { wantedInOrder } from "./ordered-operators";
import { isBetween, type OrderedType } from "./ordered-type";

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
/** The example where any time will do. */
const SOME_DAY = Date.UTC(2026, 0, 1);
/** Years that ISO 8601 writes in four digits. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59);

/**
 * Times in milliseconds since 1970 ("Date condition operators"). A fraction of a second can have
 * nine digits.
 */
export const dates: OrderedType<number> = {
  compare: (one, other) => one - other,
  read: parseInstant,
  write: writeDate,
  identify: String,
  wanted: (base, text) => wantedInOrder(base, "Date", parseInstant(text)),
  pick: (low, high) =>
    candidates(low, high).filter(
      (moment) =>
        isBetween(moment, low, high, (one, other) => one - other) &&
        parseInstant(writeDate(moment)) === moment,
    ),
  seams: [],
  isUsual: () => true,
  requirement: (answers) => ({ type: "date", answers }),
};

/**
 * Numbers that count seconds since 1970, as in `aws:EpochTime`, as times. Undefined: they are not
 * times in whole seconds.
 */
export function wantedSeconds(
  base: Parameters<OrderedType<number>["wanted"]>[0],
  text: string,
): ReturnType<OrderedType<number>["wanted"]> {
  return wantedInOrder(base, "Numeric", /^[0-9]{5,12}$/.test(text) ? parseInstant(text) : undefined);
}

/** A day or a whole second where there is one between the cuts. */
function candidates(low: Cut<number> | undefined, high: Cut<number> | undefined): readonly number[] {
  if (low === undefined && high === undefined) return [SOME_DAY];
  if (low === undefined) return high === undefined ? [] : belowOf(high.at);
  if (high === undefined) return aboveOf(low.at);
  const middle = (low.at + high.at) / 2;
  return [
    Math.floor(middle / DAY) * DAY,
    Math.floor(middle / SECOND) * SECOND,
    Math.ceil(middle / SECOND) * SECOND,
    Math.floor(middle),
    middle,
    low.at,
    high.at,
  ];
}

function belowOf(high: number): readonly number[] {
  const second = Math.floor(high / SECOND) * SECOND;
  return [Math.floor(high / DAY) * DAY - DAY, second - SECOND, second, high - 1, high];
}

function aboveOf(low: number): readonly number[] {
  const second = Math.ceil(low / SECOND) * SECOND;
  return [Math.ceil(low / DAY) * DAY + DAY, second + SECOND, Math.min(second, LAST), low + 1, low];
}

/** ISO 8601 in UTC, to the second where that is exact. */
export function writeDate(moment: number): string {
  const seconds = Math.floor(moment / SECOND) * SECOND;
  const date = new Date(seconds);
  if (Number.isNaN(date.getTime())) return "";
  const text = date.toISOString().replace(".000Z", "");
  const rest = moment - seconds;
  return rest === 0 ? `${text}Z` : `${text}${(rest / SECOND).toFixed(9).slice(1).replace(/0+$/, "")}Z`;
}

/** Seconds since 1970, a part of a second left out. */
export function writeSeconds(moment: number): string {
  return String(Math.floor(moment / SECOND));
}
