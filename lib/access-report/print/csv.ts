import { oneLine } from "../../collections/one-line";
import type { Account } from "../../config/model/model";
import { riskWord } from "../../describe/risk";
import type { LastUsed, ReportedAccess, Subject } from "../model/entry";
import type { AccessReport, ReportRole } from "../model/report";
import type { Since } from "../model/since";
import { refName } from "./rows";

/** The columns, which programs and spreadsheets rely on (docs/report.md). */
const COLUMNS = [
  "at",
  "person",
  "person_id",
  "role",
  "iam_role",
  "role_arn",
  "account",
  "account_id",
  "repository",
  "ref_kind",
  "ref",
  "granted_by",
  "groups",
  "state",
  "starts",
  "ends",
  "reasons",
  "since",
  "since_kind",
  "commit",
  "author",
  "pull_request",
  "last_used",
  "last_used_kind",
  "risk_classes",
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/**
 * The report as CSV (RFC 4180): a line for each person, role and ref, sorted by person; a person
 * without access has a line without a role. Several values of a cell are joined by `; `.
 */
export function printReportAsCsv(report: AccessReport): string {
  const roles = new Map(report.roles.map((role) => [role.key, role]));
  const accounts = new Map(report.accounts.map((account) => [account.key, account]));
  const rows = [
    ...report.people.flatMap(({ name, id, access }): readonly Row[] =>
      access.length === 0
        ? [{ person: name, person_id: id, state: "no-access" }]
        : access.map((one) => rowOf(one, roles, accounts)),
    ),
    ...report.everyoneElse.map((one) => rowOf(one, roles, accounts)),
  ];
  const lines = rows.map((row) =>
    COLUMNS.map((column) => (column === "at" ? report.at : (row[column] ?? ""))),
  );
  return [COLUMNS, ...lines].map((cells) => `${cells.map(cellOf).join(",")}\r\n`).join("");
}

function rowOf(
  access: ReportedAccess,
  roles: ReadonlyMap<string, ReportRole>,
  accounts: ReadonlyMap<string, Account>,
): Row {
  const { who, ref, by, periods = [], state, reasons, since, lastUsed } = access;
  const role = roles.get(access.role);
  const risks = role?.permissions.risks.map((risk) => riskWord(risk.class)) ?? [];
  const isPartial = (role?.permissions.unknown.length ?? 0) > 0;
  return {
    ...personOf(who),
    role: access.role,
    iam_role: role?.name ?? "",
    role_arn: role?.arn ?? "",
    account: role?.account ?? "",
    account_id: accounts.get(role?.account ?? "")?.id ?? "",
    repository: role?.who.kind === "grant" ? role.who.grant.repository : "",
    ref_kind: ref.kind,
    ref: refName(access),
    granted_by:
      by.kind === "trust-policy" && by.accepts === "maybe" ? "trust-policy (undetermined)" : by.kind,
    groups: by.kind === "list" ? joined(by.groups) : "",
    state,
    starts: joined(periods.map(({ start = "" }) => start)),
    ends: joined(periods.map(({ end = "" }) => end)),
    reasons: joined(reasons),
    ...sinceOf(since),
    ...lastUsedOf(lastUsed),
    risk_classes: joined([...risks, ...(isPartial ? ["undetermined"] : [])]),
  };
}

function personOf(who: Subject): Row {
  return who.kind === "person" ? { person: who.name, person_id: who.id } : { person: "(everyone else)" };
}

function sinceOf(since: Since): Row {
  const commit = "commit" in since ? since.commit : undefined;
  if (commit === undefined) return { since_kind: since.kind };
  const { hash, date, author, pullRequest = "" } = commit;
  return { since: date, since_kind: since.kind, commit: hash, author, pull_request: pullRequest };
}

function lastUsedOf(lastUsed: LastUsed | undefined): Row {
  if (lastUsed === undefined) return { last_used_kind: "not-examined" };
  return { last_used_kind: lastUsed.kind, ...(lastUsed.kind === "used" ? { last_used: lastUsed.last } : {}) };
}

function joined(values: readonly string[]): string {
  return values.join("; ");
}

/**
 * What begins a formula in a spreadsheet, full-width forms included, which Excel takes too (OWASP,
 * "CSV Injection"). An apostrophe makes it text.
 */
const FORMULA = /^\s*[=+\-@＝＋－＠]/;

/** One cell: control characters are replaced, a formula is made text, quotes are doubled. */
export function cellOf(value: string): string {
  const visible = oneLine(value);
  const text = FORMULA.test(visible) ? `'${visible}` : visible;
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
