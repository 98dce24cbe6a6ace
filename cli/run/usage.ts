import path from "node:path";
import { printPatch } from "../../lib/adopt/print/patch";
import { accessFromText } from "../../lib/config/load";
import type { Access } from "../../lib/config/model/model";
import { awsPolicies } from "../../lib/project/aws-data";
import { accessFile } from "../../lib/project/project-root";
import { ROLE_CHECKS, readAccess, readAccessText } from "../../lib/project/read-access";
import { documentsBeside } from "../../lib/project/read-document";
import { wrongCall } from "../../lib/project/unknown-name";
import { writeWhole } from "../../lib/project/write-whole";
import { note, print, printAsJson } from "../../lib/terminal/output";
import { usageOf } from "../../lib/usage/answer/answer";
import type { Usage } from "../../lib/usage/answer/usage";
import { athenaQuery, TABLE } from "../../lib/usage/athena/query";
import { readLive } from "../../lib/usage/live/read-live";
import { printUsageAsJson } from "../../lib/usage/print/json";
import { printUsage } from "../../lib/usage/print/text";
import { readEvents } from "../../lib/usage/sources/read-events";
import { proveNarrower } from "../../lib/usage/suggest/prove-narrower";
import { suggest } from "../../lib/usage/suggest/suggest";
import { interestOf } from "../../lib/usage/trail/interest";

export interface UsageCall {
  readonly events?: readonly string[];
  readonly since?: string;
  readonly account?: string;
  readonly region?: readonly string[];
  readonly calls: boolean;
  readonly athena?: string;
  readonly suggest?: true;
  readonly write?: true;
  readonly removeRoles?: true;
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
  const usage = usageOf(access, read, awsPolicies);
  if (call.suggest === true) suggestNarrower(access, usage, call);
  else if (json === true) printAsJson(printUsageAsJson(usage));
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

/** Prints the diff; what was narrowed, proven and kept goes to standard error. */
function suggestNarrower(access: Access, usage: Usage, { json, write, removeRoles }: UsageCall): void {
  const file = accessFile();
  const before = readAccessText(file);
  const { text, narrower, kept } = suggest(before, access, usage, {
    aws: awsPolicies,
    removeRoles: removeRoles === true,
  });
  const after = accessFromText(text, file, ROLE_CHECKS, documentsBeside(file));
  const proven = proveNarrower(access, after, awsPolicies);
  const changes = text === before ? [] : [{ file: path.relative("", file), before, after: text }];
  if (json === true) printAsJson(JSON.stringify({ suggestion: { narrower, kept, proven, text } }, null, 2));
  else if (changes.length > 0) print(printPatch(changes));
  for (const line of kept) note(`Kept: ${line}.`);
  for (const line of narrower) note(`Narrower: ${line}.`);
  note(changes.length === 0 ? "Nothing to narrow." : "Proven: no role accepts or allows more than before.");
  if (write === true && changes.length > 0) {
    writeWhole(file, text);
    note(`Wrote ${path.relative("", file)}.`);
  }
}

function checkCall({ events, athena, account, region, calls, ...rest }: UsageCall): void {
  for (const option of ["write", "remove-roles"] as const) {
    const isGiven = (option === "write" ? rest.write : rest.removeRoles) === true;
    if (isGiven && rest.suggest !== true) throw wrongCall(`--${option} requires --suggest`, "add --suggest");
  }
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
