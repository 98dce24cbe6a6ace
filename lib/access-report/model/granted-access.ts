import { acceptsTokensWithoutOrigin, hasGrant } from "../../config/model/grants";
import { type MemberOrigin, memberOrigins } from "../../config/model/member-origins";
import type { Access, AnyProject, AnyRole, Grant, GrantedRefs, Periods } from "../../config/model/model";
import type { AccessFile } from "../../config/schema/schema";
import { roleKey } from "../../describe/role";
import type { Accepted } from "./accepted";
import type { GrantedBy, ReportRef, Subject } from "./entry";

/** One person, one role, one ref, as the file grants it. */
export interface GrantedAccess {
  readonly who: Subject;
  readonly project: AnyProject;
  readonly role: AnyRole;
  /** `website/deploy`. */
  readonly roleKey: string;
  readonly ref: ReportRef;
  readonly by: GrantedBy;
  readonly periods?: Periods;
  readonly reasons: readonly string[];
}

const EVERYONE_ELSE: Subject = { kind: "everyone-else" };

/**
 * Every access to a role: that of people by name, then that of everyone else; each by ref.
 * @param file the valid file that the Access was built from
 * @param accepted of a hand-written role
 */
export function accessTo(
  project: AnyProject,
  role: AnyRole,
  {
    access,
    file,
    accepted,
  }: { readonly access: Access; readonly file: AccessFile; readonly accepted: Accepted | undefined },
): readonly GrantedAccess[] {
  const common = { project, role, roleKey: roleKey(project, role) };
  const people = access.people.map((one): Subject => ({ kind: "person", ...one }));
  if (!hasGrant(role))
    return [...people, EVERYONE_ELSE].flatMap((who): readonly GrantedAccess[] => {
      const accepts = who.kind === "person" ? accepted?.people.get(who.name) : accepted?.everyoneElse;
      if (accepts === "no") return [];
      const by: GrantedBy = { kind: "trust-policy", accepts: accepts ?? "maybe" };
      return [{ ...common, who, ref: { kind: "trust-policy" }, by, reasons: [] }];
    });
  const origins = memberOrigins(file, project.key, role.key);
  return granted(role.grant, people, origins).flatMap((one) =>
    refsOf(role.grant).map((ref) => ({ ...common, ...one, ref })),
  );
}

/** Whom a grant names, with the periods of each. */
function granted(
  { people }: Grant,
  all: readonly Subject[],
  origins: ReadonlyMap<string, MemberOrigin>,
): readonly Pick<GrantedAccess, "who" | "by" | "periods" | "reasons">[] {
  if (people.kind === "everyone") {
    const periods = people.periods === undefined ? {} : { periods: people.periods };
    return [...all, EVERYONE_ELSE].map((who) => ({ who, by: { kind: "everyone" }, reasons: [], ...periods }));
  }
  return people.members.map(({ name, id, periods }) => {
    const { isNamed, groups, reasons } = origins.get(name) ?? { isNamed: true, groups: [], reasons: [] };
    return {
      who: { kind: "person", name, id },
      by: { kind: "list", isNamed, groups },
      reasons,
      ...(periods === undefined ? {} : { periods }),
    };
  });
}

/** The refs of a grant, each by itself; tokens without an origin last. */
function refsOf(grant: Grant): readonly ReportRef[] {
  return [
    ...listedRefs(grant.refs),
    ...(acceptsTokensWithoutOrigin(grant) ? [{ kind: "without-origin" } as const] : []),
  ];
}

function listedRefs(refs: GrantedRefs): readonly ReportRef[] {
  if (refs.kind === "any") return [{ kind: "any" }];
  return [
    ...refs.branches.map((pattern): ReportRef => ({ kind: "branch", pattern })),
    ...refs.tags.map((pattern): ReportRef => ({ kind: "tag", pattern })),
  ];
}
