import { describeToken, findingAsJson } from "../describe/counterexample";
import { LETS_NOBODY_IN } from "../iam/audit/core/finding";
import type { Counterexample } from "../iam/prove/tokens/counterexample";
import { visibleLine } from "../terminal/visible";
import { parseSubject } from "../token/parse-subject";
import type { AuditResult } from "./audit";
import { helpFor } from "./help-for";
import type { RoleFinding } from "./judge-role";

/** What programs can rely on in `--json`. */
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
    ...incomplete.map(({ file, reason }) => visibleLine(`${file} is not the whole: ${reason}`)),
    summaryOf(result),
  ].join("\n\n");
}

/**
 * How many roles there are of each kind. It never says "no findings" of what could not be judged.
 */
function summaryOf(result: AuditResult): string {
  const { findings, audited, lettingNobodyIn, notDecided, unread, otherIssuers, others } = result;
  const open = notDecided + unread.length;
  const decided = findings.filter(({ id }) => id !== "policy-not-decided").length;
  const accepted = findings.filter((one) => one.accepted !== undefined).length;
  const policies = `${audited} trust ${audited === 1 ? "policy lets" : "policies let"} CircleCI in`;
  return [
    decided === 0 && open > 0 ? policies : `${policies}, ${count(decided, "finding")}`,
    ...(lettingNobodyIn === 0
      ? []
      : [
          `${count(lettingNobodyIn, "role")} ${lettingNobodyIn === 1 ? "names CircleCI and lets" : "name CircleCI and let"} nobody in`,
        ]),
    ...(notDecided === 0 ? [] : [`${count(notDecided, "role")} could not be judged`]),
    ...(unread.length === 0 ? [] : [`${count(unread.length, "file")} could not be read`]),
    ...(accepted === 0 ? [] : [`${count(accepted, "finding")} accepted`]),
    ...(otherIssuers === 0
      ? []
      : [
          `${count(otherIssuers, "role")} ${otherIssuers === 1 ? "trusts" : "trust"} other issuers, which audit does not examine`,
        ]),
    ...(others === 0 ? [] : [count(others, "other role")]),
  ].join("; ");
}

function count(number: number, what: string): string {
  return `${number === 0 ? "no" : number} ${what}${number === 1 ? "" : "s"}`;
}

function printFinding(found: RoleFinding): string {
  const { id, severity, role, file, path, message, counterexample, corrected, acceptId, accepted } = found;
  const place = role === file ? file : `${role} (${file})`;
  return [
    `${severity.toUpperCase()} ${id}: ${place}`,
    ...(path === "" ? [] : [`  at   ${path}`]),
    `  ${message}`,
    ...(counterexample === undefined ? [] : printToken(counterexample)),
    ...(corrected === undefined
      ? []
      : [
          `  corrected, ${LETS_NOBODY_IN.has(id) ? "lets in only the jobs that it names" : "lets in nobody more"}:`,
          ...corrected.split("\n").map((line) => `    ${line}`),
        ]),
    `  help ${helpFor(id)}`,
    accepted === undefined
      ? `  id   ${acceptId}`
      : `  accepted until ${accepted.until ?? "any day"}: ${accepted.reason ?? ""} (${acceptId})`,
  ]
    .map(visibleLine)
    .join("\n");
}

function printToken(counterexample: Counterexample): readonly string[] {
  const subject = parseSubject(counterexample.claims.sub ?? "");
  const source = subject?.kind === "job" ? subject.source : undefined;
  return [
    `  gets in: ${describeToken(counterexample)}`,
    ...(source?.ref.startsWith("refs/heads/") === true
      ? [`  that is a job on the branch ${source.ref.slice("refs/heads/".length)} of ${source.origin}`]
      : []),
  ];
}
