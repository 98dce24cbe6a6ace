import { createHash } from "node:crypto";
import { describeToken } from "../describe/counterexample";
import { FINDINGS, type FindingId, type Severity } from "../iam/audit/core/finding";
import { type SarifLevel, type SarifResult, sarifLog } from "../sarif/sarif";
import type { AuditResult } from "./audit";
import type { RoleFinding } from "./audit-role";
import type { Source } from "./inputs/read-file";
import type { AuditInputs } from "./inputs/read-inputs";
import { helpFor } from "./print";

const LEVEL: Readonly<Record<Severity, SarifLevel>> = { high: "error", medium: "warning", low: "note" };
const SECURITY: Readonly<Record<Severity, string>> = { high: "8.0", medium: "5.0", low: "2.0" };

/** The findings for code scanning. */
export function printSarif({ findings }: AuditResult, sources: AuditInputs["sources"] = new Map()): string {
  const ids = Object.keys(FINDINGS).filter((id): id is FindingId => id in FINDINGS);
  const rules = ids.map((id) => ({
    id,
    description: id.replaceAll("-", " "),
    help: helpFor(id),
    level: LEVEL[FINDINGS[id]],
    security: SECURITY[FINDINGS[id]],
  }));
  const results = findings.map(
    (one): SarifResult => ({
      rule: one.id,
      level: LEVEL[one.severity],
      message: messageOf(one),
      file: one.file,
      line: lineOf(one, sources),
      fingerprint: ["finding/v1", fingerprint(one)],
      ...(one.accepted === undefined ? {} : { accepted: justificationOf(one.accepted) }),
    }),
  );
  return sarifLog("cdktf-circleci-oidc audit", rules, results);
}

function justificationOf({ until, reason = "" }: NonNullable<RoleFinding["accepted"]>): string {
  return until === undefined ? reason : `${reason} (until ${until})`;
}

function messageOf({ role, message, counterexample }: RoleFinding): string {
  return `${role}: ${message}${counterexample === undefined ? "" : `. Evidence: ${describeToken(counterexample)}`}`;
}

/** Lines count from 1. A value in a text has the text's line; an unknown place is line 1. */
function lineOf({ file, path }: RoleFinding, sources: ReadonlyMap<string, Source>): number {
  const source = sources.get(file);
  if (source === undefined) return 1;
  for (let at = path; at !== ""; at = parentOf(at)) {
    const offset = source.places.get(at);
    if (offset !== undefined) return source.text.slice(0, offset).split("\n").length;
  }
  return 1;
}

function parentOf(path: string): string {
  const cut = Math.max(path.lastIndexOf("."), path.lastIndexOf("["));
  return cut === -1 ? "" : path.slice(0, cut);
}

/** Independent of line numbers, so that a finding keeps it while lines move. */
function fingerprint({ id, role, path }: RoleFinding): string {
  return createHash("sha256").update(`${id} ${role} ${path}`).digest("hex").slice(0, 32);
}
