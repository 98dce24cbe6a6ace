import { readAccess } from "../../lib/project/read-access";
import { wrongCall } from "../../lib/project/unknown-name";
import { note, print, printAsJson } from "../../lib/terminal/output";
import { usageOf } from "../../lib/usage/answer/answer";
import { athenaQuery, TABLE } from "../../lib/usage/athena/query";
import { readLive } from "../../lib/usage/live/read-live";
import { printUsageAsJson } from "../../lib/usage/print/json";
import { printUsage } from "../../lib/usage/print/text";
import { readEvents } from "../../lib/usage/sources/read-events";
import { interestOf } from "../../lib/usage/trail/interest";

export interface UsageCall {
  readonly events?: readonly string[];
  readonly since?: string;
  readonly account?: string;
  readonly region?: readonly string[];
  readonly calls: boolean;
  readonly athena?: string;
  readonly json?: true;
}

/** Runs `oidc usage`: exit code 1 if a file was not read. */
export async function runUsage(call: UsageCall): Promise<void> {
  const { events, athena, json } = call;
  checkCall(call);
  const access = readAccess();
  const interest = interestOf(access, sinceOf(call.since));
  if (athena !== undefined) {
    print(athenaQuery(interest, athena));
    return;
  }
  const read =
    events === undefined ? await readLive(access, interest, call) : await readEvents(events, interest);
  const usage = usageOf(access, read);
  if (json === true) printAsJson(printUsageAsJson(usage));
  else {
    const repositories = access.projects.flatMap(({ key, repository }) =>
      repository === undefined ? [] : [[key, repository] as const],
    );
    print(printUsage(usage, new Map(repositories)));
  }
  if (usage.notRead.length > 0) {
    note(
      `Incomplete: ${usage.notRead.length === 1 ? "1 file was" : `${usage.notRead.length} files were`} not read.`,
    );
    process.exitCode = 1;
  }
}

function checkCall({ events, athena, account, region, calls }: UsageCall): void {
  if (athena !== undefined && !TABLE.test(athena))
    throw wrongCall(
      `"${athena}" is not the name of a table in Athena`,
      "name it as TABLE or DATABASE.TABLE: letters, digits and underscores",
    );
  if (athena !== undefined && events !== undefined)
    throw wrongCall("--athena prints a query, and --events reads", "leave one of them out");
  const isLive = account !== undefined || region !== undefined || !calls;
  if (isLive && (events !== undefined || athena !== undefined))
    throw wrongCall(
      "--account, --region and --no-calls are for LookupEvents",
      "leave them out, or leave --events and --athena out",
    );
}

/** ISO 8601 in UTC, as the records have it. */
function sinceOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (time === undefined || Number.isNaN(time.getTime()) || !time.toISOString().startsWith(text))
    throw wrongCall(`--since ${text} is not a day`, "write it as 2026-09-01");
  return `${text}T00:00:00Z`;
}
