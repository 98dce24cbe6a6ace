import { docsPage, oidc } from "../command-name";
import { describeToken, findingAsJson } from "../describe/counterexample";
import { describeEnded, describeEnding } from "../describe/dated-entries";
import { counted } from "../describe/list";
import { refText } from "../describe/ref";
import { severityWord } from "../describe/severity";
import type { FindingId } from "../iam/audit/core/finding";
import { ALLOWS_NO_TOKEN } from "../iam/audit/core/finding";
import type { Counterexample } from "../iam/prove/tokens/counterexample";
import { visibleLine } from "../terminal/visible";
import { parseSubject } from "../token/parse-subject";
import type { AuditResult } from "./audit";
import type { RoleFinding } from "./audit-role";

/** The format of `--json`, which programs rely on. */
export function printAuditAsJson({ findings, ...rest }: AuditResult): string {
  return JSON.stringify(
    {
      findings: findings.map((one) => ({ ...findingAsJson(one), help: helpFor(one.id) })),
      ...rest,
    },
    null,
    2,
  );
}

export function printAudit(result: AuditResult): string {
  const { findings, skipped, incomplete } = result;
  return [
    ...findings.map(printFinding),
    ...skipped.map(({ file, reason }) => visibleLine(`skipped ${file}: ${reason}`)),
    ...incomplete.map(({ file, reason }) => visibleLine(`${file} is incomplete: ${reason}`)),
    ...printGrants(result),
    summaryOf(result),
  ].join("\n\n");
}

/** Entries that have ended, which grant nothing, and those that end soon. */
function printGrants({ grants }: AuditResult): readonly string[] {
  if (grants === undefined) return [];
  const { ended, ending, at } = grants;
  const lines = [
    ...ended.map((entry) => `${describeEnded(entry)}; remove it: ${oidc("prune")}`),
    ...ending.map((entry) => describeEnding(entry, at)),
  ];
  return [lines.map(visibleLine).join("\n")];
}

/** The number of roles of each kind. "0 findings" is not said if no role could be audited. */
function summaryOf(result: AuditResult): string {
  const { findings, audited, lettingNobodyIn, notDecided, unread, otherIssuers, others } = result;
  const undetermined = notDecided + unread.length;
  const decided = findings.filter(({ id }) => id !== "policy-not-decided").length;
  const accepted = findings.filter((one) => one.accepted !== undefined).length;
  const policies = `${counted(audited, "trust policy allows", "trust policies allow")} CircleCI`;
  const parts: readonly (readonly [number, string])[] = [
    [
      lettingNobodyIn,
      `${counted(lettingNobodyIn, "role names", "roles name")} CircleCI but allow${lettingNobodyIn === 1 ? "s" : ""} none of its tokens`,
    ],
    [notDecided, `${counted(notDecided, "role")} could not be audited`],
    [unread.length, `${counted(unread.length, "file")} could not be read`],
    [accepted, `${counted(accepted, "finding")} accepted`],
    [
      otherIssuers,
      `${counted(otherIssuers, "role trusts", "roles trust")} other issuers, which audit does not examine`,
    ],
    [others, counted(others, "other role")],
  ];
  return [
    decided === 0 && undetermined > 0 ? policies : `${policies}, ${counted(decided, "finding")}`,
    ...parts.flatMap(([number, text]) => (number === 0 ? [] : [text])),
  ].join("; ");
}

/** The section of the documentation about a finding, from the repository's root. */
export function helpFor(id: FindingId): string {
  return docsPage(`docs/findings.md#${id}`);
}

function printFinding(found: RoleFinding): string {
  const { id, severity, role, file, path, message, counterexample, corrected, acceptId, accepted } = found;
  const place = role === file ? file : `${role} (${file})`;
  return [
    `${severityWord(severity).toUpperCase()} ${id}: ${place}`,
    ...(path === "" ? [] : [`  at   ${path}`]),
    `  ${message}`,
    ...(counterexample === undefined ? [] : printToken(counterexample)),
    ...(corrected === undefined
      ? []
      : [
          `  corrected policy, which ${ALLOWS_NO_TOKEN.has(id) ? "adds only jobs that it names" : "allows no other token"}:`,
          ...corrected.split("\n").map((line) => `    ${line}`),
        ]),
    `  help ${helpFor(id)}`,
    accepted === undefined
      ? `  id   ${acceptId}`
      : `  accepted${accepted.until === undefined ? "" : ` until ${accepted.until}`}: ${accepted.reason ?? ""} (${acceptId})`,
  ]
    .map(visibleLine)
    .join("\n");
}

function printToken(counterexample: Counterexample): readonly string[] {
  const subject = parseSubject(counterexample.claims.sub ?? "");
  const source = subject?.kind === "job" ? subject.source : undefined;
  return [
    `  evidence: ${describeToken(counterexample)}`,
    ...(source === undefined ? [] : [`  a job on ${refText(source.ref)} of ${source.origin}`]),
  ];
}
