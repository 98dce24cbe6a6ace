import { patternText } from "../../config/model/ref-pattern";
import { describeGrant } from "../../describe/grant";
import { describeStatement } from "../../describe/permission";
import { plainText } from "../../describe/phrase";
import { describePermissionRisk } from "../../describe/risk";
import type { ActionCatalogue } from "../../iam/data/action-details";
import type { DifferenceRow, NotCompared, ReportLive } from "../model/differences";
import type { ReportedAccess, ReportRef } from "../model/entry";
import type {
  AcceptedGroup,
  AccessReport,
  OutsideAccount,
  ReportPermissions,
  ReportRole,
} from "../model/report";
import { liveFact } from "./difference-words";
import { notExaminedIn } from "./not-examined";
import { refName } from "./rows";

/**
 * The format of `--json`, which programs rely on (docs/report.md). Ends with a line feed.
 * @param actions says what wildcards are
 */
export function printReportAsJson(report: AccessReport, actions?: ActionCatalogue): string {
  const { at, sources, history, accounts, people, everyoneElse, roles, usage, outside, live } = report;
  const json = {
    at,
    sources,
    history,
    accounts: accounts.map(({ key, id, region }) => ({ key, id, region })),
    people: people.map(({ name, id, access }) => ({ name, id, access: access.map(accessJson) })),
    everyoneElse: everyoneElse.map(accessJson),
    roles: roles.map((role) => roleJson(role, actions)),
    usage: usage ?? null,
    outside: outside?.map((one) => outsideJson(one, actions)) ?? null,
    live: live?.map(liveJson) ?? null,
    notExamined: notExaminedIn(report).map(({ what, phrase }) => ({ what, text: plainText(phrase) })),
  };
  return `${JSON.stringify({ report: json }, null, 2)}\n`;
}

function accessJson(access: ReportedAccess) {
  const { role, by, periods, state, reasons, since, lastUsed } = access;
  return {
    role,
    ref: { kind: access.ref.kind, ...nameOf(access.ref), text: refName(access) },
    by,
    periods: periods ?? null,
    state,
    reasons,
    since,
    lastUsed: lastUsed ?? null,
  };
}

/** As access.yaml writes it. */
function nameOf(ref: ReportRef): { readonly name?: string } {
  if (ref.kind !== "branch" && ref.kind !== "tag") return {};
  const { pattern } = ref;
  return { name: patternText(pattern) };
}

function roleJson(role: ReportRole, actions: ActionCatalogue | undefined) {
  const { key, project, name, arn, account, sessionSeconds, who, permissions, since, access } = role;
  const whoJson =
    who.kind === "grant"
      ? {
          kind: who.kind,
          text: plainText(describeGrant(who.grant)),
          repository: who.grant.repository,
          file: who.file ?? null,
        }
      : { kind: who.kind, file: who.file, accepted: who.accepted.map(groupJson), hasMore: who.hasMore };
  return {
    key,
    project,
    name,
    arn,
    account,
    sessionSeconds,
    terraform: role.terraform ?? null,
    who: whoJson,
    people: [...new Set(access.flatMap((one) => (one.who.kind === "person" ? [one.who.name] : [])))],
    everyoneElse: access.some((one) => one.who.kind === "everyone-else"),
    permissions: { ...permissionsJson(permissions, actions), since: permissions.since },
    since,
  };
}

function permissionsJson(
  permissions: Omit<ReportPermissions, "since">,
  actions: ActionCatalogue | undefined,
) {
  const { risks, allows, isLimited, unknown } = permissions;
  return {
    risks: risks.map((risk) => ({ class: risk.class, extent: plainText(describePermissionRisk(risk)) })),
    allows: allows.map((one) => plainText(describeStatement(one, actions))),
    isLimited,
    unknown,
  };
}

function groupJson({ who, where, people }: AcceptedGroup) {
  return { who: plainText(who), where: plainText(where), people };
}

function liveJson(live: ReportLive) {
  const { account, outcome, examined, rows, withoutEffect, notExamined, review } = live;
  return {
    account,
    outcome,
    text: liveFact(live),
    examined,
    differences: rows.map(differenceJson),
    withoutEffect,
    notExamined: notExamined.map(notComparedJson),
    review,
  };
}

function differenceJson({ class: risk, level, risk: words, subjects, what, who, from }: DifferenceRow) {
  return {
    class: risk,
    level,
    risk: words,
    subjects,
    what: plainText(what),
    who: plainText(who),
    from: plainText(from),
  };
}

function notComparedJson({ stack, address, reason }: NotCompared) {
  return { stack, address, reason: plainText(reason) };
}

function outsideJson(
  { account, roles, providers, refused }: OutsideAccount,
  actions: ActionCatalogue | undefined,
) {
  return {
    account,
    roles: roles.map(({ name, arn, accepted, hasMore, permissions }) => ({
      name,
      arn,
      accepted: accepted?.map(groupJson) ?? null,
      hasMore,
      permissions: permissions === undefined ? null : permissionsJson(permissions, actions),
    })),
    providers,
    refused,
  };
}
