import type { RiskClass } from "../../iam/risk/classes";
import { compareRisks, isAdministration } from "../../iam/risk/classes";
import type { ReportedAccess } from "../model/entry";
import type { AccessReport, OutsideRole, ReportPermissions, ReportRole } from "../model/report";

/** What a reader wants to know first. */
export interface ReportFacts {
  /**
   * People who may assume a role that does not name everyone, at the moment of the report; sorted.
   */
  readonly named: readonly string[];
  /** People who may assume a role that amounts to all permissions. */
  readonly administrators: readonly string[];
  /** Whether people whom the file does not name may do that too. */
  readonly everyoneAdministers: boolean;
  /** Keys of roles that people whom the file does not name may assume. */
  readonly openRoles: readonly string[];
  /** Roles of which it is not determined who may assume them, or what they may do. */
  readonly undetermined: readonly string[];
  /**
   * Names of roles for CircleCI that access.yaml does not declare, and that amount to all
   * permissions.
   */
  readonly unmanaged: readonly string[];
  /** Roles with a class, the most serious first. */
  readonly serious: readonly ReportRole[];
  /** Access that ends within 14 days, the next one first. */
  readonly ending: readonly ReportedAccess[];
  /** Access of which the file still has the entry. */
  readonly over: readonly ReportedAccess[];
}

const SOON_MS = 14 * 86_400_000;

export function factsOf({ at, people, everyoneElse, roles, outside }: AccessReport): ReportFacts {
  const administration = new Set(roles.filter((one) => isAdministration(riskOf(one))).map(({ key }) => key));
  const inForce = people.map(({ name, access }) => ({ name, access: access.filter(isProven) }));
  const open = [...new Set(everyoneElse.filter(isProven).map(({ role }) => role))];
  const byName = people.flatMap(({ access }) => access.filter(({ by }) => by.kind !== "everyone"));
  return {
    named: inForce
      .filter(({ access }) => access.some(({ by }) => by.kind !== "everyone"))
      .map(({ name }) => name),
    administrators: inForce
      .filter(({ access }) => access.some(({ role }) => administration.has(role)))
      .map(({ name }) => name),
    everyoneAdministers: open.some((role) => administration.has(role)),
    openRoles: open,
    undetermined: roles.filter(isUndetermined).map(({ key }) => key),
    unmanaged: (outside ?? []).flatMap((account) =>
      account.roles.filter(isAdministrator).map(({ name }) => name),
    ),
    serious: roles
      .filter((one) => riskOf(one) !== "none")
      .sort((one, other) => compareRisks(riskOf(one), riskOf(other))),
    ending: byName
      .filter((one) => one.state === "in-force" && Date.parse(lastEnd(one)) - Date.parse(at) <= SOON_MS)
      .sort((one, other) => Date.parse(lastEnd(one)) - Date.parse(lastEnd(other))),
    over: byName.filter(({ state }) => state === "over"),
  };
}

/** The most serious class of what a role may do. `none`: it has none of the classes. */
export function riskOf({
  permissions: { risks, unknown },
}: {
  readonly permissions: Pick<ReportPermissions, "risks" | "unknown">;
}): RiskClass {
  return risks[0]?.class ?? (unknown.length > 0 ? "undetermined" : "none");
}

function isUndetermined({ permissions, who, access }: ReportRole): boolean {
  const isMore = who.kind === "hand-written" && who.hasMore;
  return permissions.unknown.length > 0 || isMore || access.some(isMaybe);
}

function isMaybe({ by }: ReportedAccess): boolean {
  return by.kind === "trust-policy" && by.accepts === "maybe";
}

function isAdministrator({ permissions }: OutsideRole): boolean {
  return permissions !== undefined && isAdministration(riskOf({ permissions }));
}

function isProven(access: ReportedAccess): boolean {
  return access.state === "in-force" && !isMaybe(access);
}

/** The end of the last period; empty: there is none. */
function lastEnd({ periods }: ReportedAccess): string {
  return periods?.at(-1)?.end ?? "";
}
