import { changesSince } from "../../lib/access-report/compare/changes-since";
import { type Comparison, compareSnapshots } from "../../lib/access-report/compare/compare-snapshots";
import { liveDifferences } from "../../lib/access-report/compare/live-differences";
import { accessPage } from "../../lib/access-report/html/access-page";
import type { AccessReport } from "../../lib/access-report/model/report";
import { printComparison, printComparisonAsJson } from "../../lib/access-report/print/comparison";
import { printReportAsCsv } from "../../lib/access-report/print/csv";
import { printReportAsJson } from "../../lib/access-report/print/json";
import { printReport } from "../../lib/access-report/print/text";
import { lastUsesOf } from "../../lib/access-report/read/last-uses";
import { liveAccount } from "../../lib/access-report/read/live-account";
import { reportOf, snapshotAt, snapshotToCompare } from "../../lib/access-report/read/read-report";
import type { Snapshot } from "../../lib/access-report/read/snapshot";
import type { Access } from "../../lib/config/model/model";
import { writeMoment } from "../../lib/config/rules/moment";
import type { Language } from "../../lib/describe/language";
import { counted } from "../../lib/describe/list";
import { awsPolicies } from "../../lib/project/aws-data";
import { pickAccount } from "../../lib/project/pick-account";
import { accessFile } from "../../lib/project/project-root";
import { readMoment } from "../../lib/project/read-moment";
import { wrongCall } from "../../lib/project/unknown-name";
import { requireWritable, writeWhole } from "../../lib/project/write-whole";
import { note, print, printAsJson, printPart } from "../../lib/terminal/output";
import { usageOf } from "../../lib/usage/answer/answer";
import type { Usage } from "../../lib/usage/answer/usage";
import { readLive } from "../../lib/usage/live/read-live";
import { readEvents } from "../../lib/usage/sources/read-events";
import { interestOf } from "../../lib/usage/trail/interest";

export interface ReportCall {
  readonly at?: string;
  readonly events?: readonly string[];
  readonly lookupEvents?: true;
  readonly live?: true;
  readonly account?: string;
  readonly compare?: string;
  readonly html?: string;
  readonly csv?: string;
  readonly json?: string;
  readonly language: Language;
}

const STANDARD_OUTPUT = "-";

/** Runs `oidc report`: exit code 1 if a log file was not read. */
export async function runReport(call: ReportCall): Promise<void> {
  checkCall(call);
  const files = [call.html, call.csv, call.json].filter((file) => file !== undefined);
  for (const file of files) if (file !== STANDARD_OUTPUT) requireWritable(file);
  const at = call.at === undefined ? undefined : readMoment(call.at);
  const now = writeMoment(Date.now());
  if (at !== undefined && at < now) checkPast(call);
  const snapshot = await snapshotAt(accessFile(), { at, now });
  if (call.compare !== undefined) {
    const before = await snapshotToCompare(accessFile(), call.compare, now);
    const comparison = compareSnapshots(before, snapshot, awsPolicies);
    await writeComparison(comparison, snapshot, call);
    return;
  }
  const { access } = snapshot;
  const usage = await usageFor(access, call);
  const live =
    call.live === true
      ? await liveAccount(access, pickAccount(access, call.account), awsPolicies)
      : undefined;
  const report = await reportOf(snapshot, awsPolicies, {
    ...(usage === undefined ? {} : { lastUses: lastUsesOf(usage) }),
    ...(live === undefined ? {} : { outside: [live.outside], live: [liveDifferences(live.comparison)] }),
  });
  writeReport(report, call);
  if (usage !== undefined && usage.notRead.length > 0) {
    note(`Incomplete: ${counted(usage.notRead.length, "log file")} could not be read.`);
    process.exitCode = 1;
  }
}

async function usageFor(
  access: Access,
  { events, lookupEvents, account }: ReportCall,
): Promise<Usage | undefined> {
  if (events === undefined && lookupEvents !== true) return undefined;
  const interest = interestOf(access);
  const read =
    events === undefined
      ? await readLive(access, interest, { calls: false, ...(account === undefined ? {} : { account }) })
      : await readEvents(events, interest);
  return usageOf(access, read);
}

async function writeComparison(
  comparison: Comparison,
  snapshot: Snapshot,
  { html, json, language }: ReportCall,
): Promise<void> {
  if (html !== undefined) {
    const report = await reportOf(snapshot, awsPolicies, { changes: changesSince(comparison) });
    writeOrPrint(html, accessPage(report, language), printPart);
  }
  if (json !== undefined) writeOrPrint(json, printComparisonAsJson(comparison), printAsJson);
  if (html === undefined && json === undefined) print(printComparison(comparison));
}

function writeReport(report: AccessReport, { html, csv, json, language }: ReportCall): void {
  if (html !== undefined) writeOrPrint(html, accessPage(report, language), printPart);
  if (csv !== undefined) writeOrPrint(csv, printReportAsCsv(report), printPart);
  if (json !== undefined) writeOrPrint(json, printReportAsJson(report, awsPolicies.actions), printAsJson);
  if (html !== undefined || csv !== undefined || json !== undefined) return;
  print(printReport(report));
}

/** @throws ProjectError `wrong-call` (exit 2) */
function checkCall({ html, csv, json, compare, events, lookupEvents, live, account }: ReportCall): void {
  if (html === STANDARD_OUTPUT) throw wrongCall("--html writes a file, not standard output", "name a file");
  if (csv === STANDARD_OUTPUT && json === STANDARD_OUTPUT)
    throw wrongCall("--csv - and --json - both print to standard output", "name a file for one of them");
  if (events !== undefined && lookupEvents === true)
    throw wrongCall("--events and --lookup-events exclude each other", "leave one of them out");
  if (account !== undefined && live !== true && lookupEvents !== true)
    throw wrongCall("--account is for --live and --lookup-events", "leave it out, or add one of them");
  const isMore = events !== undefined || lookupEvents === true || live === true;
  if (compare !== undefined && (csv !== undefined || isMore))
    throw wrongCall(
      "--compare is for the terminal, --html and --json",
      "leave --csv, --events, --lookup-events and --live out",
    );
}

/** An account and its records are of today. */
function checkPast({ at, events, lookupEvents, live }: ReportCall): void {
  if (events === undefined && lookupEvents !== true && live !== true) return;
  throw wrongCall(
    `--at ${at} is past, and --events, --lookup-events and --live tell about today`,
    "leave --at or the others out",
  );
}

function writeOrPrint(file: string, text: string, printOut: (text: string) => void): void {
  if (file === STANDARD_OUTPUT) {
    printOut(text);
    return;
  }
  writeWhole(file, text);
  note(`Wrote ${file}.`);
}
