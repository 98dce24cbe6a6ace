import { compareText } from "../collections/sort";
import { stableId } from "../collections/stable-id";
import { accountView } from "../config/model/account-view";
import type { Access, Account } from "../config/model/model";
import { describeEnded, endedEntries } from "../describe/dated-entries";
import type { AwsData } from "../iam/data/aws-data";
import { liveOf } from "../live/live";
import { endingsOf } from "../report/model/endings";
import { examineAssumptions } from "./examine-assumptions";
import { toldBy } from "./model/known";
import { changedSince, digestsOf } from "./model/observed";
import type { Ended, WatchReport } from "./model/report";
import { isNewTo, recordAfter, type WatchRecord } from "./record/record";

interface WatchOptions {
  /** Trail logs; undefined: LookupEvents. */
  readonly events?: readonly string[] | undefined;
  /** The clock: ISO 8601 in UTC, to the second. */
  readonly at: string;
  readonly aws: AwsData;
}

/** What a run found, and the record that the next one reads. */
interface Watched {
  readonly report: WatchReport;
  readonly next: WatchRecord;
}

/**
 * Examines one account: drift, assumptions without a grant, grants that have ended, and findings.
 * Nothing is written.
 * @param record of the last run; undefined: there is none, and everything is new
 * @throws ProjectError those of `liveOf` and `examineAssumptions`
 */
export async function watchAccount(
  access: Access,
  account: Account,
  record: WatchRecord | undefined,
  { events, at, aws }: WatchOptions,
): Promise<Watched> {
  const live = await liveOf(access, account, aws);
  const examined = await examineAssumptions(access, account, { events, at, record });
  const ended = endedIn(access, at);
  const found = { ...examined, strangers: examined.strangers.filter((one) => isNewTo(record, one)) };
  const told = toldBy(live.review, found.strangers, ended);
  const changed = changedSince(record?.observed, live.observed);
  const isNew = new Set([...told.filter((one) => isNewTo(record, one)), ...changed].map(({ id }) => id));
  const endings = endingsOf([], access, new Set(accountView(access, account).stackNames), at);
  const isPartial = (live.review.notExamined ?? []).length + found.notExamined.length > 0;
  return {
    report: {
      schemaVersion: 1,
      account: account.key,
      accountId: account.id,
      at,
      ...(record === undefined ? {} : { since: record.at }),
      review: {
        ...live.review,
        findings: live.review.findings.map((one) => ({ ...one, isNew: isNew.has(one.id) })),
        ...(endings.length === 0 ? {} : { endings }),
      },
      examined: live.examined,
      assumptions: found.assumptions,
      strangers: found.strangers,
      changed,
      ended,
      isNew: [...isNew].sort(compareText),
      notExamined: found.notExamined,
    },
    next: recordAfter(record, {
      account: account.id,
      at,
      told,
      observed: digestsOf(live.observed),
      isPartial,
      // A gap stays open until it has been examined.
      assumptionsUntil: found.notExamined.length > 0 ? undefined : at,
    }),
  };
}

/**
 * An ended entry grants nothing, because AWS compares the time; but it still stands in the file.
 */
function endedIn(access: Access, at: string): readonly Ended[] {
  return endedEntries(access, at).map((entry) => {
    const text = describeEnded(entry);
    return { id: stableId("ended", [text]), text };
  });
}
