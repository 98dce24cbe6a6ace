import { compareText } from "../../collections/sort";
import type { Account } from "../../config/model/model";
import type { Examined, Times } from "../trail/observed";
import { addTimes } from "../trail/observed";

/** What the records cover in one account and region. */
export interface CoveredRegion extends Times {
  readonly account: string;
  readonly region: string;
  /** `Management`, `Data`, …, sorted. */
  readonly categories: readonly string[];
  readonly kinds: RecordedKinds;
  /**
   * Days in UTC between the first and the last record that have none: the trail may have been
   * stopped. Undefined: the records do not say (Athena), or CloudTrail has them all (LookupEvents).
   */
  readonly withoutRecords?: readonly DayRange[];
}

/** From one day to another, both included, as `2026-11-30`. */
export interface DayRange {
  readonly from: string;
  readonly until: string;
}

/**
 * Whether events that read, and events that write, are among the records: a trail can select one
 * kind. Records that do not say count as both.
 */
export interface RecordedKinds {
  readonly reads: boolean;
  readonly writes: boolean;
}

/** The kinds in any region of an account. */
export function kindsIn(account: string, covered: readonly CoveredRegion[]): RecordedKinds {
  const all = covered.filter((one) => one.account === account).map(({ kinds }) => kinds);
  return { reads: all.some(({ reads }) => reads), writes: all.some(({ writes }) => writes) };
}

/** A region as it is so far. */
interface FoundRegion {
  readonly region: CoveredRegion;
  /** Undefined: some of its records do not say theirs. */
  readonly days: readonly string[] | undefined;
}

/** By account and region, sorted. */
export function coveredRegions(examined: readonly Examined[]): readonly CoveredRegion[] {
  const found = new Map<string, FoundRegion>();
  for (const one of examined) {
    const { account, region, category } = one;
    const key = `${account} ${region}`;
    const before = found.get(key);
    const known = before?.region;
    const categories = new Set([...(known?.categories ?? []), ...(category === "" ? [] : [category])]);
    const kinds = {
      reads: known?.kinds.reads === true || one.readOnly !== "false",
      writes: known?.kinds.writes === true || one.readOnly !== "true",
    };
    const days = before === undefined ? [] : before.days;
    found.set(key, {
      region: { account, region, categories: [...categories].sort(), kinds, ...addTimes(known, one) },
      days: days && one.days && [...days, ...one.days],
    });
  }
  return [...found]
    .sort(([one], [other]) => compareText(one, other))
    .map(([, { region, days }]) =>
      days === undefined ? region : { ...region, withoutRecords: daysBetween(days) },
    );
}

const DAY_MS = 86_400_000;

/** The days between the first and the last that are not among them. */
function daysBetween(days: readonly string[]): readonly DayRange[] {
  const sorted = [...new Set(days)].filter((day) => !Number.isNaN(Date.parse(day))).sort();
  return sorted.slice(1).flatMap((next, at) => {
    const from = dayAfter(sorted[at] ?? next, 1);
    return from < next ? [{ from, until: dayAfter(next, -1) }] : [];
  });
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The region that records calls to the global endpoint of STS, and to global services, such as IAM.
 */
const GLOBAL_REGION = "us-east-1";

/**
 * Why nothing may be called unused in an account; empty: the records cover it.
 * @param notRead files that may hold events of it
 */
export function whyNotJudged(
  { id, region, partition }: Pick<Account, "id" | "region" | "partition">,
  covered: readonly CoveredRegion[],
  notRead: number,
): readonly string[] {
  const regions = covered.filter(({ account }) => account === id).map((one) => one.region);
  if (regions.length === 0) return [`no records of account ${id}`];
  const wanted = [...new Set([region, ...(partition === "aws" ? [GLOBAL_REGION] : [])])];
  return [
    ...wanted.filter((one) => !regions.includes(one)).map((one) => `no records of ${one} in account ${id}`),
    ...(notRead === 0 ? [] : [`${notRead === 1 ? "1 file was" : `${notRead} files were`} not read`]),
  ];
}
