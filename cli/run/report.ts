import { printReportAsJson } from "../../lib/access-report/print/json";
import { printReport } from "../../lib/access-report/print/text";
import { reportOf, snapshotAt } from "../../lib/access-report/read/read-report";
import { firstMomentOf, momentRule, writeMoment } from "../../lib/config/rules/moment";
import { awsPolicies } from "../../lib/project/aws-data";
import { accessFile } from "../../lib/project/project-root";
import { wrongCall } from "../../lib/project/unknown-name";
import { requireWritable, writeWhole } from "../../lib/project/write-whole";
import { note, print, printAsJson } from "../../lib/terminal/output";

export interface ReportCall {
  readonly at?: string;
  readonly json?: string;
}

const STANDARD_OUTPUT = "-";

/** Runs `oidc report`. */
export async function runReport({ at, json }: ReportCall): Promise<void> {
  const files = [json].filter((file) => file !== undefined && file !== STANDARD_OUTPUT);
  for (const file of files) if (file !== undefined) requireWritable(file);
  const moment = at === undefined ? undefined : readMoment(at);
  const snapshot = await snapshotAt(accessFile(), { at: moment, now: writeMoment(Date.now()) });
  const report = await reportOf(snapshot, awsPolicies);
  if (json !== undefined) {
    const text = printReportAsJson(report, awsPolicies.actions);
    if (json === STANDARD_OUTPUT) printAsJson(text);
    else {
      writeWhole(json, text);
      note(`Wrote ${json}.`);
    }
    return;
  }
  print(printReport(report));
}

/** @throws ProjectError `wrong-call` (exit 2) */
function readMoment(text: string): string {
  const violation = momentRule(text);
  if (violation === undefined) return firstMomentOf(text);
  throw wrongCall(`--at ${text}: ${violation.message}`, violation.fix);
}
