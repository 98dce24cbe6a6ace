import { groupBy } from "../../collections/group-by";
import { hasGrant } from "../../config/model/grants";
import type { Access, Periods, Role } from "../../config/model/model";
import type { AccessFile } from "../../config/schema/schema";
import { type PeriodState, stateOf } from "../../describe/moment";
import { roleKey } from "../../describe/role";
import { TrustComparisons } from "../../diff/tokens/trust-comparisons";
import type { AwsData } from "../../iam/data/aws-data";
import { roleArn } from "../../iam/language/arns";
import { acceptedBy } from "./accepted";
import { type Dates, NO_DATES } from "./dates";
import type { ReportedAccess } from "./entry";
import { accessTo, type GrantedAccess } from "./granted-access";
import type { LastUses } from "./last-uses";
import { permissionsOf } from "./permissions";
import type { AccessReport, OutsideAccount, ReportRole, ReportSource, RoleWho } from "./report";
import type { HistoryExamined } from "./since";

/** What a report is made from. */
export interface ReportInput {
  /** ISO 8601 in UTC, to the second. */
  readonly at: string;
  readonly access: Access;
  /** The valid file that the Access was built from. */
  readonly file: AccessFile;
  readonly sources: readonly ReportSource[];
  readonly history: HistoryExamined;
  /** Undefined: git's history was not examined. */
  readonly dates?: Dates;
  readonly aws: AwsData;
  /** Undefined: not examined. */
  readonly lastUses?: LastUses;
  /** Undefined: no account was asked. */
  readonly outside?: readonly OutsideAccount[];
}

/** Who may do what at one moment. Pure. */
export function buildReport(input: ReportInput): AccessReport {
  const { at, access, sources, history, lastUses, outside } = input;
  const roles = rolesOf(input);
  const byPerson = groupBy(
    roles.flatMap((role) => role.access),
    ({ who }) => (who.kind === "person" ? who.id : undefined),
  );
  return {
    at,
    sources,
    history,
    accounts: access.accounts,
    people: access.people.map(({ name, id }) => ({
      name,
      id,
      access: byPerson.get(id) ?? [],
    })),
    everyoneElse: byPerson.get(undefined) ?? [],
    roles,
    ...(lastUses === undefined ? {} : { usage: lastUses.examined }),
    ...(outside === undefined ? {} : { outside }),
  };
}

function rolesOf({ access, file, at, aws, dates = NO_DATES, lastUses }: ReportInput): readonly ReportRole[] {
  const trusts = new TrustComparisons([], access);
  return access.projects.flatMap((project) =>
    project.roles.map((role): ReportRole => {
      const accepted = hasGrant(role) ? undefined : acceptedBy(role.trust, access, trusts);
      const key = roleKey(project, role);
      const { terraform, deploys } = role;
      const reported = (one: GrantedAccess): ReportedAccess => {
        const lastUsed = lastUses?.of(one);
        const { who, ref, by, periods, reasons } = one;
        return {
          who,
          role: key,
          ref,
          by,
          reasons,
          state: stateAt(periods, at),
          since: dates.ofAccess(one),
          ...(periods === undefined ? {} : { periods }),
          ...(lastUsed === undefined ? {} : { lastUsed }),
        };
      };
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
        access: accessTo(project, role, { access, file, accepted }).map(reported),
      };
    }),
  );
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
