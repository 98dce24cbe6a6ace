import { remembered } from "../../collections/remembered";
import { hasGrant, isGranted, periodsFor } from "../../config/model/grants";
import type { Access, AnyRole, GrantedRefs, Periods, RefPattern } from "../../config/model/model";
import { stateOf } from "../../describe/moment";
import { roleArn } from "../../iam/language/arns";
import { withoutLayout } from "../../iam/language/document";
import type { ReportRef } from "../model/entry";
import type { GrantedAccess } from "../model/granted-access";

/**
 * Something of today's file, looked for in an older version. `over`: it is there, and had ended at
 * the moment.
 */
export type Question = (version: Access, moment: string) => "held" | "over" | "absent";

const ROLES = new WeakMap<Access, ReadonlyMap<string, AnyRole>>();

/** The role that is the same in AWS, whatever the file calls it. */
function sameRole(version: Access, arn: string): AnyRole | undefined {
  const roles = remembered(ROLES, version, () => {
    const all = version.projects.flatMap((project) => project.roles);
    return new Map(all.map((role) => [roleArn(role), role] as const));
  });
  return roles.get(arn);
}

const TEXTS = new WeakMap<AnyRole, string>();

/**
 * All of a version that the answers about a role depend on. Undefined: it does not have the role.
 */
export function roleText(version: Access, arn: string): string | undefined {
  const role = sameRole(version, arn);
  if (role === undefined) return undefined;
  return remembered(TEXTS, role, () => JSON.stringify([role.grant, role.trust?.text, permissionsText(role)]));
}

/** Whether the file has the role. */
export function asksRole(role: AnyRole): Question {
  const arn = roleArn(role);
  return (version) => (sameRole(version, arn) === undefined ? "absent" : "held");
}

/** Whether what the file says of the role's permissions is the same. */
export function asksPermissions(role: AnyRole): Question {
  const arn = roleArn(role);
  const wanted = permissionsText(role);
  return (version) => {
    const found = sameRole(version, arn);
    return found !== undefined && permissionsText(found) === wanted ? "held" : "absent";
  };
}

/** All that decides what a role may do. */
function permissionsText(role: AnyRole): string {
  const { bucket, deploys, policies, statements, inlinePolicies, permissionsBoundary, terraform } = role;
  const scope = terraform && {
    ...terraform,
    roles: terraform.roles.map((one) => [roleArn(one), one.bucket?.name ?? ""]),
    buckets: terraform.buckets.map(({ name }) => name),
  };
  const documents = inlinePolicies.map(({ name, text }) => [name, withoutLayout(text)]);
  return JSON.stringify([bucket, deploys, policies, statements, documents, permissionsBoundary, scope]);
}

/** Whether a person may assume the role from a ref: by whichever entry, and from more refs, too. */
export function asksAccess({ who, role, ref }: Pick<GrantedAccess, "who" | "role" | "ref">): Question {
  const arn = roleArn(role);
  if (!hasGrant(role)) {
    const text = withoutLayout(role.trust.text);
    return (version) => {
      const found = sameRole(version, arn);
      const isSame = found !== undefined && !hasGrant(found) && withoutLayout(found.trust.text) === text;
      return isSame ? "held" : "absent";
    };
  }
  const { organization, server, project, repository } = role.grant;
  return (version, moment) => {
    const found = sameRole(version, arn);
    if (found === undefined || !hasGrant(found)) return "absent";
    const { grant } = found;
    const isSamePlace =
      grant.organization === organization &&
      grant.server === server &&
      grant.project === project &&
      grant.repository === repository;
    if (!isSamePlace || !coversRef(grant.refs, ref)) return "absent";
    if (who.kind === "everyone-else")
      return grant.people.kind === "everyone" ? stateIn(grant.people.periods, moment) : "absent";
    return isGranted(grant.people, who.id) ? stateIn(periodsFor(grant.people, who.id), moment) : "absent";
  };
}

function stateIn(periods: Periods | undefined, moment: string): "held" | "over" {
  return periods !== undefined && stateOf(periods, moment) === "over" ? "over" : "held";
}

/** Whether everything that the one ref is was granted. */
export function coversRef(refs: GrantedRefs, ref: ReportRef): boolean {
  switch (ref.kind) {
    case "trust-policy":
      return false;
    case "without-origin":
      return refs.kind === "any" && refs.tokensWithoutOrigin;
    case "any":
      return refs.kind === "any";
    case "branch":
      return refs.kind === "any" || refs.branches.some((one) => covers(one, ref.pattern));
    case "tag":
      return refs.kind === "any" || refs.tags.some((one) => covers(one, ref.pattern));
  }
}

function covers(wider: RefPattern, narrower: RefPattern): boolean {
  if (wider.kind === "exact") return narrower.kind === "exact" && narrower.name === wider.name;
  return (narrower.kind === "exact" ? narrower.name : narrower.prefix).startsWith(wider.prefix);
}
