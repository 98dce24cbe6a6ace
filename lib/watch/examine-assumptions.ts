import { stableId } from "../collections/stable-id";
import type { Access, Account } from "../config/model/model";
import { writeMoment } from "../config/rules/moment";
import { ProjectError } from "../errors";
import { usageOf } from "../usage/answer/answer";
import { whyNotJudged } from "../usage/answer/coverage";
import { readLive } from "../usage/live/read-live";
import { readEvents } from "../usage/sources/read-events";
import type { ReadLogs } from "../usage/sources/read-logs";
import { interestOf } from "../usage/trail/interest";
import type { Assumptions, NotExaminedPart } from "./model/report";
import { notJudgedIn, type Stranger, strangersIn } from "./model/strangers";
import type { WatchRecord } from "./record/record";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** So far back looks a run that has no record of another one. */
const FIRST_DAYS = 7;
/** "You can look up events that occurred in a Region within the last 90 days" (API Reference). */
const MOST_DAYS = 90;
/**
 * Records come late: "CloudTrail typically delivers logs within an average of about 5 minutes of an
 * API call" (CloudTrail User Guide), without a limit. This much is looked at again.
 */
const OVERLAP_MS = HOUR_MS;

interface ExaminedAssumptions {
  readonly assumptions: Assumptions;
  readonly strangers: readonly Stranger[];
  readonly notExamined: readonly NotExaminedPart[];
}

/**
 * Who assumed roles since the last run without a grant of access.yaml.
 * @param events trail logs; undefined: LookupEvents of the account
 * @param at the clock: ISO 8601 in UTC, to the second
 * @throws ProjectError those of `readEvents` and `readLive`. A refused LookupEvents is no error:
 * the assumptions are not examined
 */
export async function examineAssumptions(
  access: Access,
  account: Account,
  {
    events,
    at,
    record,
  }: {
    readonly events: readonly string[] | undefined;
    readonly at: string;
    readonly record: WatchRecord | undefined;
  },
): Promise<ExaminedAssumptions> {
  const { from, gap } = periodOf(record, at, events === undefined);
  const interest = interestOf(access, from);
  const period = { from, until: at };
  let read: ReadLogs;
  try {
    read =
      events === undefined
        ? await readLive(access, interest, { account: account.key, calls: false })
        : await readEvents(events, interest);
  } catch (error) {
    if (!(error instanceof ProjectError) || error.code !== "usage-lookup-failed") throw error;
    return {
      assumptions: { ...period, notJudged: [] },
      strangers: [],
      notExamined: [part("assumptions of roles", error.message)],
    };
  }
  const usage = usageOf(access, read);
  const unread = read.notRead.map(({ name, reason }) => part(name, reason));
  const uncovered = whyNotJudged(account, usage.covered, 0);
  return {
    assumptions: { ...period, source: sourceOf(events), notJudged: notJudgedIn(usage) },
    strangers: strangersIn(usage),
    notExamined: [
      ...unread,
      ...uncovered.map((why) => part("assumptions of roles", `${why} since ${from}`)),
      ...(gap === undefined ? [] : [part(`assumptions of roles before ${from}`, gap)]),
    ],
  };
}

function sourceOf(events: readonly string[] | undefined): string {
  return events === undefined ? "LookupEvents" : events.join(", ");
}

function periodOf(
  record: WatchRecord | undefined,
  at: string,
  isLive: boolean,
): { readonly from: string; readonly gap?: string } {
  const until = record?.assumptionsUntil;
  if (until === undefined) return { from: writeMoment(Date.parse(at) - FIRST_DAYS * DAY_MS) };
  const wanted = Date.parse(until) - OVERLAP_MS;
  const oldest = Date.parse(at) - MOST_DAYS * DAY_MS;
  if (!isLive || wanted >= oldest) return { from: writeMoment(wanted) };
  return {
    from: writeMoment(oldest),
    gap: `the last run examined them up to ${until}, and LookupEvents goes back ${MOST_DAYS} days`,
  };
}

function part(what: string, reason: string): NotExaminedPart {
  return { id: stableId("not-examined", [what, reason]), what, reason };
}
