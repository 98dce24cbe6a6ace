import { firstMomentOf, momentAfter } from "../rules/moment";

/**
 * When a grant is in force. Moments are ISO 8601 in UTC, to the second (`2027-01-01T00:00:00Z`), so
 * their order is that of their texts. At least one of the two is set.
 */
export interface Period {
  /** The first moment. Undefined: it has always been in force. */
  readonly start?: string;
  /** The first moment after it. Undefined: it does not end. */
  readonly end?: string;
}

/**
 * Several periods, sorted, without overlap; one that is empty means never. Undefined in a grant:
 * always.
 */
export type Periods = readonly Period[];

/** The period of a valid entry. Undefined: it has neither `from` nor `until`. */
export function periodOf({
  from,
  until,
}: {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}): Period | undefined {
  if (from === undefined && until === undefined) return undefined;
  return {
    ...(from === undefined ? {} : { start: firstMomentOf(from) }),
    ...(until === undefined ? {} : { end: momentAfter(until) }),
  };
}

/** Whether a moment is in one of the periods. @param periods undefined: always */
export function isInForce(periods: Periods | undefined, moment: string): boolean {
  return periods === undefined || periods.some((period) => isWithin(period, moment));
}

export function isWithin({ start, end }: Period, moment: string): boolean {
  return (start === undefined || start <= moment) && (end === undefined || moment < end);
}

/** Whether no moment is in the period. */
export function isEmptyPeriod({ start, end }: Period): boolean {
  return start !== undefined && end !== undefined && end <= start;
}

/** The moments of all of them. Undefined: always. */
export function commonPeriod(periods: readonly (Period | undefined)[]): Period | undefined {
  const starts = periods.flatMap((one) => one?.start ?? []);
  const ends = periods.flatMap((one) => one?.end ?? []);
  if (starts.length + ends.length === 0) return undefined;
  return {
    ...(starts.length === 0 ? {} : { start: starts.reduce((one, other) => (other > one ? other : one)) }),
    ...(ends.length === 0 ? {} : { end: ends.reduce((one, other) => (other < one ? other : one)) }),
  };
}

/** The moments of at least one of them. Undefined: always. */
export function unitedPeriods(periods: readonly (Period | undefined)[]): Periods | undefined {
  const united: Period[] = [];
  const sorted = periods
    .map((one) => one ?? {})
    .filter((one) => !isEmptyPeriod(one))
    .sort((left, right) => compareStarts(left.start, right.start));
  for (const next of sorted) {
    const last = united.at(-1);
    if (last === undefined || (last.end !== undefined && next.start !== undefined && last.end < next.start)) {
      united.push(next);
    } else if (last.end !== undefined && (next.end === undefined || next.end > last.end)) {
      united[united.length - 1] = {
        ...(last.start === undefined ? {} : { start: last.start }),
        ...(next.end === undefined ? {} : { end: next.end }),
      };
    }
  }
  const isAlways = united.some(({ start, end }) => start === undefined && end === undefined);
  return isAlways ? undefined : united;
}

/** Whether all moments of the one are moments of the other. Undefined: always. */
export function coversPeriods(wider: Periods | undefined, narrower: Periods | undefined): boolean {
  if (wider === undefined) return true;
  return (narrower ?? [{}]).every((one) => wider.some((other) => isInside(one, other)));
}

function isInside(one: Period, other: Period): boolean {
  return (
    (other.start === undefined || (one.start !== undefined && one.start >= other.start)) &&
    (other.end === undefined || (one.end !== undefined && one.end <= other.end))
  );
}

function compareStarts(left: string | undefined, right: string | undefined): number {
  if (left === right) return 0;
  if (left === undefined) return -1;
  if (right === undefined) return 1;
  return left < right ? -1 : 1;
}
