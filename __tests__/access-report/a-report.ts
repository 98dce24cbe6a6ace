import { buildReport, type ReportInput } from "../../lib/access-report/model/build-report";
import { grantedRoles } from "../../lib/access-report/model/granted-roles";
import type { AccessReport } from "../../lib/access-report/model/report";
import type { ReadDocument } from "../../lib/config/checks/documents";
import { readAccessFile } from "../../lib/config/load";
import { awsPolicies } from "../../lib/project/aws-data";

/** The moment that the reports of tests answer for. */
export const AT = "2026-11-30T12:00:00Z";

/** The report on a text, without git, AWS and CloudTrail unless they are given. */
export function reportOn(
  text: string,
  more: Partial<ReportInput> = {},
  documents: Readonly<Record<string, string>> = {},
): AccessReport {
  const { access, file } = readAccessFile(text, "access.yaml", [], documentsIn(documents));
  return buildReport({
    at: AT,
    access,
    roles: grantedRoles(access, file),
    sources: [],
    history: { kind: "not-examined", why: "no-repository" },
    aws: awsPolicies,
    ...more,
  });
}

export function documentsIn(documents: Readonly<Record<string, string>>): ReadDocument {
  return (file) => ({ text: documents[file] ?? "" });
}
