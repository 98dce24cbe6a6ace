import { groupBy } from "../../collections/group-by";
import { hasGrant } from "../../config/model/grants";
import type { Access, Periods, Role } from "../../config/model/model";
import { type PeriodState, stateOf } from "../../describe/moment";
import type { AwsData } from "../../iam/data/aws-data";
import { roleArn } from "../../iam/language/arns";
import { type Dates, NO_DATES } from "./dates";
import type { ReportChanges, ReportLive } from "./differences";
import type { ReportedAccess } from "./entry";
import type { GrantedAccess } from "./granted-access";
import type { GrantedRole } from "./granted-roles";
import type { LastUses } from "./last-uses";
import { permissionsOf } from "./permissions";
import type { AccessReport, OutsideAccount, ReportRole, ReportSource, RoleWho } from "./report";
import type { HistoryExamined } from "./since";

/** What a report is made from. */
export interface ReportInput {
  /** ISO 8601 in UTC, to the second. */
  readonly at: string;
  readonly access: Access;
  /** Of the Access. */
  readonly roles: readonly GrantedRole[];
  readonly sources: readonly ReportSource[];
  readonly history: HistoryExamined;
  /** Undefined: git's history was not examined. */
  readonly dates?: Dates;
  readonly aws: AwsData;
  /** Undefined: not examined. */
  readonly lastUses?: LastUses;
  /** Undefined: no account was asked. */
  readonly outside?: readonly OutsideAccount[];
  readonly live?: readonly ReportLive[];
  /** Undefined: not compared with another moment. */
  readonly changes?: ReportChanges;
}

/** Who may do what at one moment. Pure. */
export function buildReport(input: ReportInput): AccessReport {
  const { at, access, sources, history, lastUses, outside, live, changes } = input;
  const roles = input.roles.map((one) => reportedRole(one, input));
  const byPerson = groupBy(
    roles.flatMap((role) => role.access),
    ({ who }) => (who.kind === "person" ? who.id : undefined),
  );
  return {
    at,
    sources,
    history,
    accounts: access.accounts,
    people: access.people.map(({ name, id }) => ({ name, id, access: byPerson.get(id) ?? [] })),
    everyoneElse: byPerson.get(undefined) ?? [],
    roles,
    ...(lastUses === undefined ? {} : { usage: lastUses.examined }),
    ...(outside === undefined ? {} : { outside }),
    ...(live === undefined ? {} : { live }),
    ...(changes === undefined ? {} : { changes }),
  };
}

function reportedRole(granted: GrantedRole, input: ReportInput): ReportRole {
  const { key, project, role, accepted } = granted;
  const { access, aws, at, dates = NO_DATES } = input;
  const { terraform, deploys } = role;
  return {
    key,
    project: project.key,
    name: role.name,
    arn: roleArn(role),
    account: role.account.key,
    sessionSeconds: role.sessionSeconds,
    ...(deploys === undefined ? {} : { deploys }),
    ...(terraform === undefined ? {} : { terraform: terraform.task }),
    who: hasGrant(role)
      ? whoOf(role, at)
      : {
          kind: "hand-written",
          file: role.trust.file,
          accepted: accepted?.groups ?? [],
          hasMore: accepted?.hasMore ?? true,
        },
    permissions: { ...permissionsOf(role, access, aws), since: dates.ofPermissions(role) },
    since: dates.ofRole(role),
    access: granted.access.map((one) => reportedAccess(one, input)),
  };
}

function reportedAccess(granted: GrantedAccess, input: ReportInput): ReportedAccess {
  const { at, dates = NO_DATES, lastUses } = input;
  const { who, roleKey, ref, by, periods, reasons } = granted;
  const lastUsed = lastUses?.of(granted);
  return {
    who,
    role: roleKey,
    ref,
    by,
    ...(periods === undefined ? {} : { periods }),
    state: stateAt(periods, at),
    reasons,
    since: dates.ofAccess(granted),
    ...(lastUsed === undefined ? {} : { lastUsed }),
  };
}

function whoOf({ grant, trust }: Role, at: string): RoleWho {
  const periods = grant.people.kind === "everyone" ? grant.people.periods : undefined;
  return {
    kind: "grant",
    grant,
    ...(trust === undefined ? {} : { file: trust.file }),
    ...(periods === undefined ? {} : { periods }),
    state: stateAt(periods, at),
  };
}

function stateAt(periods: Periods | undefined, at: string): PeriodState {
  return periods === undefined ? "in-force" : stateOf(periods, at);
}
