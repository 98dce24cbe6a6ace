import type { Access, AnyProject, AnyRole } from "../../config/model/model";
import { roleKey } from "../../describe/role";
import { ProjectError } from "../../errors";
import { ownHolders } from "../../explain/permissions/own-holders";
import type { AwsData } from "../../iam/data/aws-data";
import { parsePolicy } from "../../iam/language/read-policy";
import { comparePermissions } from "../../iam/prove/requests/compare-permissions";
import { compare } from "../../iam/prove/tokens/compare";
import { trustTextOf } from "../../iam/write/trust/trust-policy";

/** How one role changes; nothing is broader. */
export interface ProvenRole {
  readonly role: string;
  /** `removed`: the role is not in the file any more. */
  readonly trust: "same" | "narrower" | "removed";
  readonly permissions: "same" | "narrower" | "removed";
}

interface OwnRole {
  readonly project: AnyProject;
  readonly role: AnyRole;
}

/**
 * Proves, by the engine that reviews plans, that every role accepts no token and allows no request
 * that it did not before, and that no role is new.
 * @returns the roles that differ
 * @throws ProjectError `usage-not-narrower`
 */
export function proveNarrower(before: Access, after: Access, aws: AwsData): readonly ProvenRole[] {
  const old = new Map(rolesOf(before).map((one) => [roleKey(one.project, one.role), one]));
  const left = new Set(rolesOf(after).map((one) => roleKey(one.project, one.role)));
  const removed = [...old.keys()].filter((role) => !left.has(role));
  const compared = rolesOf(after).flatMap((one): readonly ProvenRole[] => {
    const key = roleKey(one.project, one.role);
    const was = old.get(key);
    if (was === undefined) throw notNarrower(key, "it is a new role");
    const trust = compare(parsePolicy(trustTextOf(was.role)), parsePolicy(trustTextOf(one.role)));
    const permissions = comparePermissions(permissionsOf(before, was, aws), permissionsOf(after, one, aws), {
      catalogue: aws.actions,
    });
    const proven = {
      role: key,
      trust: narrowed(key, "who may assume it", trust),
      permissions: narrowed(key, "its permissions", permissions),
    };
    return proven.trust === "same" && proven.permissions === "same" ? [] : [proven];
  });
  return [
    ...compared,
    ...removed.map((role): ProvenRole => ({ role, trust: "removed", permissions: "removed" })),
  ];
}

function rolesOf({ projects }: Access): readonly OwnRole[] {
  return projects.flatMap((project) => project.roles.map((role) => ({ project, role })));
}

function permissionsOf(access: Access, one: OwnRole, aws: AwsData) {
  const [holder] = ownHolders(access, [one], aws);
  if (holder === undefined) throw new Error(`no permissions of ${one.role.name}`);
  return holder.permissions;
}

function narrowed(
  role: string,
  what: string,
  { relation, reason }: { readonly relation: string; readonly reason?: string },
): "same" | "narrower" {
  if (relation === "same" || relation === "narrower") return relation;
  throw notNarrower(role, `${what}: ${relation}${reason === undefined ? "" : ` (${reason})`}`);
}

function notNarrower(role: string, why: string): ProjectError {
  return new ProjectError({
    code: "usage-not-narrower",
    message: `the suggested access.yaml is not proven narrower: ${role}: ${why}`,
    found: why,
    fix: "nothing was written; narrow the role by hand, and let `review` compare",
  });
}
