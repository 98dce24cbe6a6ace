import { hasGrant, periodsFor } from "../../config/model/grants";
import type { Access, AnyRole, GrantedPeople, Periods } from "../../config/model/model";
import type { AwsData } from "../../iam/data/aws-data";
import type { RoleCall } from "./calls";
import { type CoveredRegion, kindsIn } from "./coverage";
import { unusedActions } from "./unused-actions";
import { unusedRefs } from "./unused-refs";
import type { NeverUsed, RoleUse, Use } from "./usage";
import { listedPeople } from "./who";

/** What the records show of a role, as far as its account is covered. */
interface Shown {
  readonly uses: readonly Use[];
  /** Undefined: they were not asked for. */
  readonly calls?: readonly RoleCall[];
  readonly covered: readonly CoveredRegion[];
}

/** The people, refs and actions of a role without a use. Undefined: its trust policy is a file. */
export function neverUsed(
  role: AnyRole,
  { uses, calls, covered }: Shown,
  access: Access,
  aws: AwsData,
): NeverUsed | undefined {
  if (!hasGrant(role)) return undefined;
  const { people, refs } = role.grant;
  const ends = covered.filter(({ account }) => account === role.account.id).map(({ last }) => last);
  const end = ends.reduce((one, other) => (other > one ? other : one), "");
  const listed = listedPeople(role);
  const notBegun = listed.filter((name) => isAhead(people, name, end));
  const isUsedBy = (name: string): boolean => uses.some((use) => use.isKnown && use.person === name);
  const hasBegun = people.kind === "listed" ? notBegun.length < listed.length : isBegun(people.periods, end);
  return {
    people: listed.filter((name) => !notBegun.includes(name) && !isUsedBy(name)),
    refs: hasBegun
      ? unusedRefs(
          refs,
          uses.flatMap(({ fullRef }) => fullRef ?? []),
        )
      : [],
    notBegun,
    hasBegun,
    ...(calls === undefined
      ? {}
      : { actions: unusedActions(role, calls, kindsIn(role.account.id, covered), access, aws) }),
  };
}

/** Whether everything of a person's access begins after a moment. */
function isAhead(people: GrantedPeople, name: string, end: string): boolean {
  const id = people.kind === "everyone" ? undefined : people.members.find((one) => one.name === name)?.id;
  return id !== undefined && !isBegun(periodsFor(people, id), end);
}

/** Periods that are empty are never in force: nothing of them is ahead. */
function isBegun(periods: Periods | undefined, end: string): boolean {
  if (periods === undefined || periods.length === 0) return true;
  return periods.some(({ start }) => start === undefined || start <= end);
}

/** Whether a role has no use: no session of any kind, no call, and it could have been used. */
export function isUnused({ uses, calls, otherSessions, never }: RoleUse): boolean {
  return uses.length + calls.length + otherSessions === 0 && never?.hasBegun !== false;
}
