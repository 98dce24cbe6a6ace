import { describeGrant } from "../../describe/grant";
import { counted } from "../../describe/list";
import { describeMoment } from "../../describe/moment";
import { joinPhrases, type Phrase, plainText, quoted } from "../../describe/phrase";
import { describePermissionRisk, riskWord } from "../../describe/risk";
import { visibleLine } from "../../terminal/visible";
import { wrapText } from "../../terminal/wrap-text";
import type { ReportedAccess } from "../model/entry";
import type { AccessReport, ReportRole } from "../model/report";
import { describeCommit, describeSince } from "./describe-since";
import { liveLines } from "./live";
import { notExaminedIn } from "./not-examined";
import { refsRows } from "./rows";

/** More lines of one kind than these are counted; `--json` has all. */
const SHOWN = 12;
const WIDTH = 80;

/**
 * A summary for the terminal: who can reach what, what each role may do, and what was not examined.
 */
export function printReport(report: AccessReport): string {
  return [
    heading(report),
    [
      `People (${report.people.length})`,
      ...limited(report.people.flatMap(({ name, access }) => personLines(name, access))),
      ...personLines("everyone else who can start a pipeline", report.everyoneElse),
    ],
    [
      `Roles (${report.roles.length})`,
      ...report.roles.slice(0, SHOWN).flatMap(roleLines),
      ...more(report.roles.length),
    ],
    liveSection(report),
    outsideLines(report),
    ["Not examined", ...notExaminedIn(report).map(({ phrase }) => `  ${plainText(phrase)}`)],
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(printedLine).join("\n"))
    .join("\n\n");
}

function printedLine(line: string): string {
  const indentation = /^ */.exec(line)?.[0] ?? "";
  return wrapText(visibleLine(line), WIDTH, `${indentation}    `);
}

function heading({ at, history, sources }: AccessReport): readonly string[] {
  const file = sources[0]?.path ?? "access.yaml";
  if (history.kind === "not-examined") return [`Access on ${describeMoment(at)}, by ${file}`];
  const { commit, notCommitted } = history;
  const version = notCommitted.includes(file)
    ? `with changes that are not committed, on ${plainText(describeCommit(commit))}`
    : `as of ${plainText(describeCommit(commit))}`;
  return [`Access on ${describeMoment(at)}, by ${file} ${version}`];
}

function personLines(name: string, access: readonly ReportedAccess[]): readonly string[] {
  if (access.length === 0) return [`  ${name}: no access`];
  const rows = refsRows(access).map(
    ({ role, refs, details }) =>
      `    ${role}: ${refs.join(", ")}${details.length === 0 ? "" : ` (${details.join(", ")})`}`,
  );
  return [`  ${name}`, ...limited(rows)];
}

function roleLines(role: ReportRole): readonly string[] {
  const { key, name, account, permissions, since } = role;
  const { risks, allows, unknown } = permissions;
  const may = risks.map((risk) => `    ${riskWord(risk.class)}: ${plainText(describePermissionRisk(risk))}`);
  return [
    `  ${key} (${name} in ${account})`,
    `    who: ${plainText(whoOf(role))}`,
    ...(may.length > 0 ? may : [`    permissions: ${counted(allows.length, "statement")}, no risk class`]),
    ...(unknown.length === 0
      ? []
      : [`    unknown: ${counted(unknown.length, "policy", "policies")} with unknown contents`]),
    ...(since.kind === "not-examined"
      ? []
      : [
          `    since ${plainText(describeSince(since))}`,
          ...(sameDate(role) ? [] : [`    permissions since ${plainText(describeSince(permissions.since))}`]),
        ]),
  ];
}

function sameDate({ since, permissions }: ReportRole): boolean {
  return JSON.stringify(since) === JSON.stringify(permissions.since);
}

function whoOf({ who }: ReportRole): Phrase {
  if (who.kind === "grant") return describeGrant(who.grant);
  const groups = who.accepted.map(
    (one): Phrase => [...one.who, ...(one.where.length === 0 ? [] : [" ", ...one.where])],
  );
  const all = groups.length === 0 ? ["no one"] : joinPhrases(groups, "; ");
  return [
    "by its trust policy ",
    quoted(who.file),
    ": ",
    ...all,
    ...(who.hasMore ? ["; and maybe others"] : []),
  ];
}

function liveSection({ live }: AccessReport): readonly string[] {
  if (live === undefined) return [];
  return [
    "The account as it is, compared with access.yaml",
    ...live.flatMap((one) => limited(liveLines(one))),
  ];
}

function outsideLines({ outside }: AccessReport): readonly string[] {
  if (outside === undefined) return [];
  const lines = outside.flatMap(({ account, roles, providers }) => [
    ...roles.map(({ name }) => `  ${account}: role ${name}`),
    ...providers.map(({ url }) => `  ${account}: OIDC provider ${url}`),
  ]);
  return [`Not under this project (${lines.length})`, ...limited(lines)];
}

function limited(lines: readonly string[]): readonly string[] {
  return lines.length <= SHOWN ? lines : [...lines.slice(0, SHOWN), ...more(lines.length)];
}

function more(length: number): readonly string[] {
  return length <= SHOWN ? [] : [`  and ${length - SHOWN} more (--json has all)`];
}
