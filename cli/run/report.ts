import { compareSnapshots } from "../../lib/access-report/compare/compare-snapshots";
import { accessPage } from "../../lib/access-report/html/access-page";
import type { AccessReport } from "../../lib/access-report/model/report";
import { printComparison, printComparisonAsJson } from "../../lib/access-report/print/comparison";
import { printReportAsCsv } from "../../lib/access-report/print/csv";
import { printReportAsJson } from "../../lib/access-report/print/json";
import { printReport } from "../../lib/access-report/print/text";
import { reportOf, snapshotAt, snapshotToCompare } from "../../lib/access-report/read/read-report";
import { firstMomentOf, momentRule, writeMoment } from "../../lib/config/rules/moment";
import type { Language } from "../../lib/describe/language";
import { awsPolicies } from "../../lib/project/aws-data";
import { accessFile } from "../../lib/project/project-root";
import { wrongCall } from "../../lib/project/unknown-name";
import { requireWritable, writeWhole } from "../../lib/project/write-whole";
import { note, print, printAsJson, printPart } from "../../lib/terminal/output";

export interface ReportCall {
  readonly at?: string;
  readonly compare?: string;
  readonly html?: string;
  readonly csv?: string;
  readonly json?: string;
  readonly language: Language;
}

const STANDARD_OUTPUT = "-";

/** Runs `oidc report`. */
export async function runReport(call: ReportCall): Promise<void> {
  for (const { file } of filesOf(call)) if (file !== STANDARD_OUTPUT) requireWritable(file);
  const at = call.at === undefined ? undefined : readMoment(call.at);
  const now = writeMoment(Date.now());
  const snapshot = await snapshotAt(accessFile(), { at, now });
  if (call.compare !== undefined) {
    const before = await snapshotToCompare(accessFile(), call.compare, now);
    const comparison = compareSnapshots(before, snapshot, awsPolicies);
    if (call.json === undefined) print(printComparison(comparison));
    else writeOrPrint(call.json, printComparisonAsJson(comparison), printAsJson);
    return;
  }
  const report = await reportOf(snapshot, awsPolicies);
  const files = filesOf(call);
  if (files.length === 0) print(printReport(report));
  for (const { file, textOf, printOut } of files) writeOrPrint(file, textOf(report), printOut);
}

function writeOrPrint(file: string, text: string, printOut: (text: string) => void): void {
  if (file === STANDARD_OUTPUT) {
    printOut(text);
    return;
  }
  writeWhole(file, text);
  note(`Wrote ${file}.`);
}

interface WantedFile {
  /** `-`: standard output. */
  readonly file: string;
  readonly textOf: (report: AccessReport) => string;
  readonly printOut: (text: string) => void;
}

function filesOf({ html, csv, json, language, compare }: ReportCall): readonly WantedFile[] {
  if (compare !== undefined && (html !== undefined || csv !== undefined))
    throw wrongCall("--compare is for the terminal and --json", "leave --html and --csv out");
  if (html === STANDARD_OUTPUT) throw wrongCall("--html writes a file, not standard output", "name a file");
  if (csv === STANDARD_OUTPUT && json === STANDARD_OUTPUT)
    throw wrongCall("--csv - and --json - both print to standard output", "name a file for one of them");
  const page = (report: AccessReport): string => accessPage(report, language);
  const asJson = (report: AccessReport): string => printReportAsJson(report, awsPolicies.actions);
  return [
    ...(html === undefined ? [] : [{ file: html, textOf: page, printOut: printPart }]),
    ...(csv === undefined ? [] : [{ file: csv, textOf: printReportAsCsv, printOut: printPart }]),
    ...(json === undefined ? [] : [{ file: json, textOf: asJson, printOut: printAsJson }]),
  ];
}

/** @throws ProjectError `wrong-call` (exit 2) */
function readMoment(text: string): string {
  const violation = momentRule(text);
  if (violation === undefined) return firstMomentOf(text);
  throw wrongCall(`--at ${text}: ${violation.message}`, violation.fix);
}
