import { createHash } from "node:crypto";
import { describeToken } from "../describe/counterexample";
import { FINDINGS, type FindingId, type Severity } from "../iam/audit/core/finding";
import type { AuditResult } from "./audit";
import type { RoleFinding } from "./audit-role";
import type { Source } from "./inputs/read-file";
import type { AuditInputs } from "./inputs/read-inputs";
import { helpFor } from "./print";

const LEVEL: Readonly<Record<Severity, string>> = { high: "error", medium: "warning", low: "note" };
/**
 * GitHub's scale for code scanning: 7 and more is high, 4 and more medium ("SARIF support for code
 * scanning").
 */
const SECURITY: Readonly<Record<Severity, string>> = { high: "8.0", medium: "5.0", low: "2.0" };

/** The findings for code scanning (SARIF 2.1.0, OASIS Standard), deterministic. */
export function printSarif({ findings }: AuditResult, sources: AuditInputs["sources"] = new Map()): string {
  const ids = Object.keys(FINDINGS).filter((id): id is FindingId => id in FINDINGS);
  const driver = {
    name: "cdktf-circleci-oidc audit",
    rules: ids.map((id) => ({
      id,
      shortDescription: { text: id.replaceAll("-", " ") },
      help: { text: helpFor(id) },
      defaultConfiguration: { level: LEVEL[FINDINGS[id]] },
      properties: { "security-severity": SECURITY[FINDINGS[id]], tags: ["security"] },
    })),
  };
  const results = findings.map((one) => ({
    ruleId: one.id,
    ruleIndex: ids.indexOf(one.id),
    level: LEVEL[one.severity],
    message: { text: messageOf(one) },
    locations: [
      { physicalLocation: { artifactLocation: { uri: uriOf(one.file) }, region: regionOf(one, sources) } },
    ],
    partialFingerprints: { "finding/v1": fingerprint(one) },
    ...(one.accepted === undefined ? {} : { suppressions: [suppressionOf(one.accepted)] }),
  }));
  return `${JSON.stringify({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [{ tool: { driver }, results }] }, null, 2)}\n`;
}

/** SARIF 2.1.0, section 3.35: a decision recorded outside of the code. */
function suppressionOf({ until, reason = "" }: NonNullable<RoleFinding["accepted"]>): object {
  const justification = until === undefined ? reason : `${reason} (until ${until})`;
  return { kind: "external", status: "accepted", justification };
}

function messageOf({ role, message, counterexample }: RoleFinding): string {
  return `${role}: ${message}${counterexample === undefined ? "" : `. Evidence: ${describeToken(counterexample)}`}`;
}

/** Relative, with slashes, as code scanning requires it. */
function uriOf(file: string): string {
  return file.split("\\").join("/").split("/").map(encodeURIComponent).join("/");
}

/** Lines count from 1. A value in a text has the text's line; an unknown place is line 1. */
function regionOf(
  { file, path }: RoleFinding,
  sources: ReadonlyMap<string, Source>,
): { readonly startLine: number } {
  const source = sources.get(file);
  if (source === undefined) return { startLine: 1 };
  for (let at = path; at !== ""; at = parentOf(at)) {
    const offset = source.places.get(at);
    if (offset !== undefined) return { startLine: source.text.slice(0, offset).split("\n").length };
  }
  return { startLine: 1 };
}

function parentOf(path: string): string {
  const cut = Math.max(path.lastIndexOf("."), path.lastIndexOf("["));
  return cut === -1 ? "" : path.slice(0, cut);
}

/** Independent of line numbers, so that a finding keeps it while lines move. */
function fingerprint({ id, role, path }: RoleFinding): string {
  return createHash("sha256").update(`${id} ${role} ${path}`).digest("hex").slice(0, 32);
}
