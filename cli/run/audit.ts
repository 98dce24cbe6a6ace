import { auditAccess, auditInputs, failsOn, withAcceptances } from "../../lib/audit/audit";
import { readInputs } from "../../lib/audit/inputs/read-inputs";
import { printAudit, printAuditAsJson } from "../../lib/audit/print";
import { printSarif } from "../../lib/audit/sarif";
import { readServer, serverIn } from "../../lib/circleci/read-server";
import { writeMoment } from "../../lib/config/rules/moment";
import type { Severity } from "../../lib/iam/audit/core/finding";
import { inForce, notesOn, readAcceptFile, today } from "../../lib/project/acceptance";
import { accessFile } from "../../lib/project/project-root";
import { readAccess } from "../../lib/project/read-access";
import { wrongCall } from "../../lib/project/unknown-name";
import { writeWhole } from "../../lib/project/write-whole";
import { note, print, printAsJson } from "../../lib/terminal/output";

export interface AuditOptions {
  readonly policy?: readonly string[];
  readonly issuer?: readonly string[];
  readonly json?: true;
  readonly sarif?: string;
  readonly failOn?: Severity;
  readonly acceptFile?: string;
}

/** Runs `oidc audit`. */
export function runAudit({ policy, issuer = [], json, sarif, failOn, acceptFile }: AuditOptions): void {
  if (policy === undefined && issuer.length > 0)
    throw wrongCall(
      "--issuer requires --policy",
      "add --policy; for the roles of access.yaml, set `organization.server` in the file",
    );
  const servers = [...issuer.map(readServer), ...serverIn(process.env)];
  const inputs = policy === undefined ? undefined : readInputs(policy);
  const given = inForce(acceptFile === undefined ? [] : readAcceptFile(acceptFile, true), today());
  const found =
    inputs === undefined
      ? auditAccess(readAccess(), accessFile(), writeMoment(Date.now()))
      : auditInputs(inputs, servers);
  const result = withAcceptances(found, given.accepted);
  const known = found.findings.map(({ acceptId }) => acceptId);
  for (const one of notesOn(given, known, "this audit")) note(one);
  if (sarif !== undefined) writeWhole(sarif, printSarif(result, inputs?.sources));
  if (json === true) printAsJson(printAuditAsJson(result));
  else print(printAudit(result));
  if (failOn !== undefined && failsOn(result, failOn)) process.exitCode = 1;
}
