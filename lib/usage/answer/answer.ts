import { groupBy } from "../../collections/group-by";
import { compareText } from "../../collections/sort";
import type { Access, AnyProject, AnyRole } from "../../config/model/model";
import { roleKey } from "../../describe/role";
import type { AwsData } from "../../iam/data/aws-data";
import { WELL_KNOWN } from "../../iam/data/managed-policies";
import type { ReadLogs } from "../sources/read-logs";
import { ownHosts, providerHost, roleIn, roleOfArn } from "../trail/interest";
import type { Assumed, Times } from "../trail/observed";
import { addTimes } from "../trail/observed";
import { roleCalls } from "./calls";
import { coveredRegions, kindsIn, whyNotJudged } from "./coverage";
import { Grants } from "./granted";
import { isUnused, neverUsed } from "./never-used";
import type { Attempt, Foreign, RoleId, RoleUse, Usage, Use } from "./usage";
import { isVerified, whoOpened } from "./who";

interface OwnRole {
  readonly project: AnyProject;
  readonly role: AnyRole;
}

/**
 * Answers from what was read.
 * @param aws the contents of managed policies, for the actions that were never used
 */
export function usageOf(access: Access, read: ReadLogs, aws: AwsData = WELL_KNOWN): Usage {
  const { joined, notRead, withoutEvents, filesRead, hasCalls = true } = read;
  const covered = coveredRegions(joined.examined);
  const own = new Map<string, OwnRole>(
    access.projects.flatMap((project) =>
      project.roles.map((role) => [roleIn(role.account.id, role.name), { project, role }] as const),
    ),
  );
  const find = (arn: string): OwnRole | undefined => {
    const parts = roleOfArn(arn);
    return parts && own.get(roleIn(parts.account, parts.name));
  };
  const grants = new Grants();
  const hosts = ownHosts(access);
  const whyForeign = (one: Assumed): Foreign["why"] | undefined => {
    if (one.by === "other") return "no-token";
    if (find(one.role) === undefined) return "role";
    return hosts.includes(providerHost(one.provider)) ? undefined : "provider";
  };
  const usesOf = (role: AnyRole, assumed: readonly Assumed[]): readonly Use[] => {
    return [...groupBy(assumed, ({ subject }) => subject).values()]
      .flatMap((all) => all.slice(0, 1).map((one) => ({ one, times: sumOf(all) })))
      .map(({ one, times }) => ({
        ...whoOpened(one, access),
        granted: grants.of(role, one.subject, times.last),
        ...times,
      }))
      .sort((one, other) => compareText(other.last, one.last));
  };
  const opened = joined.assumed.filter(({ error }) => error === "");
  const roles = [...own.values()].map(({ project, role }): RoleUse => {
    const isOf = (arn: string): boolean => find(arn)?.role === role;
    const mine = opened.filter((one) => isOf(one.role) && whyForeign(one) === undefined);
    const uses = usesOf(role, mine);
    const notJudged = whyNotJudged(role.account, covered, notRead.length);
    const calls = roleCalls(
      joined.called.filter((call) => isOf(call.role)),
      access,
    );
    const never =
      notJudged.length > 0
        ? undefined
        : neverUsed(role, { uses, covered, ...(hasCalls ? { calls } : {}) }, access, aws);
    const all = opened.filter((one) => isOf(one.role));
    const otherSessions =
      all.reduce((sum, { count }) => sum + count, 0) - mine.reduce((sum, { count }) => sum + count, 0);
    const kinds = kindsIn(role.account.id, covered);
    const judged = { kinds, notJudged, ...(never && { never }) };
    return { role: roleKey(project, role), uses, ids: idsOf(all), calls, otherSessions, ...judged };
  });
  const attempts = joined.assumed.filter((one) => one.error !== "" && one.by === "web-identity");
  return {
    covered,
    filesRead,
    notRead,
    withoutEvents,
    hasCalls,
    elsewhere: joined.elsewhere,
    roles,
    denied: attempts.map((one): Attempt => {
      const of = find(one.role);
      const { error, count, first, last, subject } = one;
      return {
        ...whoOpened(one, access),
        role: of === undefined ? one.role || "(no role in the record)" : roleKey(of.project, of.role),
        error,
        isVerified: isVerified(one),
        granted: of === undefined ? "no" : grants.of(of.role, subject, last),
        count,
        first,
        last,
      };
    }),
    foreign: opened.flatMap((one) => foreignOf(one, whyForeign(one), find(one.role), access)),
    ...neverIn(access, roles, opened),
  };
}

function idsOf(opened: readonly Assumed[]): readonly RoleId[] {
  return [...groupBy(opened, ({ roleId }) => roleId)]
    .filter(([id]) => id !== "")
    .map(([id, all]) => ({ id, ...sumOf(all) }))
    .sort((one, other) => compareText(one.first, other.first));
}

function sumOf([first, ...others]: readonly Times[]): Times {
  if (first === undefined) throw new Error("a group without an item");
  return others.reduce((sum, one) => addTimes(sum, one), addTimes(undefined, first));
}

function foreignOf(
  one: Assumed,
  why: Foreign["why"] | undefined,
  of: OwnRole | undefined,
  access: Access,
): readonly Foreign[] {
  if (why === undefined) return [];
  const { person, ref, origin } = whoOpened(one, access);
  const from = ref === undefined ? "" : ` from ${ref}${origin === undefined ? "" : ` of ${origin}`}`;
  return [
    {
      role: of === undefined ? one.role || "(no role in the record)" : roleKey(of.project, of.role),
      who: `${person}${from}`,
      provider: one.provider,
      why,
      count: one.count,
      first: one.first,
      last: one.last,
    },
  ];
}

function neverIn(
  access: Access,
  roles: readonly RoleUse[],
  opened: readonly Assumed[],
): Pick<Usage, "never"> {
  if (roles.some(({ notJudged }) => notJudged.length > 0)) return {};
  const used = new Set(
    opened.map((one) => whoOpened(one, access)).flatMap(({ isKnown, person }) => (isKnown ? [person] : [])),
  );
  const ahead = new Set(roles.flatMap(({ never }) => never?.notBegun ?? []));
  const listed = new Set(roles.flatMap(({ never }) => never?.people ?? []));
  return {
    never: {
      roles: roles.filter(isUnused).map(({ role }) => role),
      people: access.people
        .map(({ name }) => name)
        .filter((name) => !used.has(name) && (listed.has(name) || !ahead.has(name))),
    },
  };
}
