import { groupBy } from "../../collections/group-by";
import { compareText } from "../../collections/sort";
import { hasGrant } from "../../config/model/grants";
import type { Access, AnyProject, AnyRole } from "../../config/model/model";
import { roleKey } from "../../describe/role";
import type { NotCounted, ReadLogs } from "../sources/read-logs";
import { ownHosts, providerHost, roleIn, roleOfArn } from "../trail/interest";
import type { Assumed, Times } from "../trail/observed";
import { addTimes } from "../trail/observed";
import { type RoleCall, roleCalls } from "./calls";
import { type CoveredRegion, coveredRegions, whyNotJudged } from "./coverage";
import { type Granted, Grants } from "./granted";
import { unusedRefs } from "./unused-refs";
import { listedPeople, type Who, whoIs } from "./who";

/** Assumptions by the same person from the same ref. */
export interface Use extends Times, Who {
  /** Whether access.yaml grants it today. */
  readonly granted: Granted;
}

export interface Attempt extends Use {
  /** `website/deploy`, or the ARN of a role that access.yaml does not have. */
  readonly role: string;
  readonly error: string;
}

/** An assumption that no policy of access.yaml explains. */
export interface Foreign extends Times {
  /** As in `Attempt`. */
  readonly role: string;
  /** Who asked: a person with a ref, or the ARN of a principal. */
  readonly who: string;
  readonly provider: string;
  readonly why: "role" | "provider" | "no-token";
}

/** The use of one role of access.yaml. */
export interface RoleUse {
  readonly role: string;
  /** The last first. Empty: none was recorded. */
  readonly uses: readonly Use[];
  readonly calls: readonly RoleCall[];
  /** People and refs of its lists without a use. Undefined: not judged. */
  readonly never?: { readonly people: readonly string[]; readonly refs: readonly string[] };
  /** Why nothing of it is called unused. Empty: it is judged. */
  readonly notJudged: readonly string[];
}

export interface Usage {
  readonly covered: readonly CoveredRegion[];
  readonly filesRead: number;
  readonly notRead: readonly NotCounted[];
  readonly withoutEvents: readonly NotCounted[];
  /** Assumptions of other roles through providers that are not CircleCI's; not examined further. */
  readonly elsewhere: number;
  readonly roles: readonly RoleUse[];
  readonly denied: readonly Attempt[];
  readonly foreign: readonly Foreign[];
  /** Over all roles; people of groups too. Undefined: an account was not judged. */
  readonly never?: { readonly roles: readonly string[]; readonly people: readonly string[] };
}

interface OwnRole {
  readonly project: AnyProject;
  readonly role: AnyRole;
}

/** Answers from what was read. */
export function usageOf(access: Access, read: ReadLogs): Usage {
  const { joined, notRead, withoutEvents, filesRead } = read;
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
    return hosts.includes(providerHost(one.provider)) || one.provider === "" ? undefined : "provider";
  };
  const usesOf = (role: AnyRole, assumed: readonly Assumed[]): readonly Use[] => {
    const bySubject = groupBy(assumed, ({ subject }) => subject);
    return [...bySubject]
      .map(([subject, all]) => ({
        ...whoIs(subject, access),
        granted: grants.of(role, subject),
        ...sumOf(all),
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
      notJudged.length > 0 || !hasGrant(role)
        ? undefined
        : {
            people: listedPeople(role).filter((name) => !uses.some(({ person }) => person === name)),
            refs: unusedRefs(
              role.grant.refs,
              uses.flatMap(({ fullRef }) => fullRef ?? []),
            ),
          };
    return { role: roleKey(project, role), uses, calls, ...(never && { never }), notJudged };
  });
  const attempts = joined.assumed.filter((one) => one.error !== "" && one.by === "web-identity");
  return {
    covered,
    filesRead,
    notRead,
    withoutEvents,
    elsewhere: joined.elsewhere,
    roles,
    denied: attempts.map((one): Attempt => {
      const of = find(one.role);
      const { error, count, first, last, subject } = one;
      return {
        ...whoIs(subject, access),
        role: of === undefined ? one.role || "(no role in the record)" : roleKey(of.project, of.role),
        error,
        granted: of === undefined ? "no" : grants.of(of.role, subject),
        count,
        first,
        last,
      };
    }),
    foreign: opened.flatMap((one) => foreignOf(one, whyForeign(one), find(one.role), access)),
    ...neverIn(access, roles, opened),
  };
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
  const { person, ref, origin } = whoIs(one.subject, access);
  const from = ref === undefined ? "" : ` from ${ref}${origin === undefined ? "" : ` of ${origin}`}`;
  return [
    {
      role: of === undefined ? one.role || "(no role in the record)" : roleKey(of.project, of.role),
      who: why === "no-token" ? one.subject : `${person}${from}`,
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
  const used = new Set(opened.map(({ subject }) => whoIs(subject, access).person));
  return {
    never: {
      roles: roles.filter(({ uses }) => uses.length === 0).map(({ role }) => role),
      people: access.people.map(({ name }) => name).filter((name) => !used.has(name)),
    },
  };
}
