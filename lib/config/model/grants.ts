import type {
  Access,
  AnyProject,
  AnyRole,
  Grant,
  GrantedPeople,
  HandWrittenRole,
  Periods,
  Project,
  Role,
} from "./model";

/**
 * Whether the file says who may assume the role. If not, the trust policy is hand-written and is
 * the only source.
 */
export function hasGrant(role: AnyRole): role is Role {
  return role.grant !== undefined;
}

/** The roles whose trust policy is not proven, in their order. */
export function handWrittenRoles(roles: readonly AnyRole[]): readonly HandWrittenRole[] {
  return roles.filter((role): role is HandWrittenRole => !hasGrant(role));
}

/** The projects with jobs that may assume a role, each with only those roles, in their order. */
export function grantingProjects({ projects }: Pick<Access, "projects">): readonly Project[] {
  return projects.flatMap(grantingPart);
}

/** The project with its roles that have a grant; empty if every role is hand-written. */
export function grantingPart(project: AnyProject): readonly Project[] {
  const { id, repository } = project;
  const roles = project.roles.filter(hasGrant);
  if (roles.length === 0) return [];
  if (id === undefined || repository === undefined) {
    throw new Error(`checks let project ${project.key} through without id or repository`);
  }
  return [{ ...project, id, repository, roles }];
}

/** Whether a grant includes a user, at any time. @param id CircleCI's user UUID, lower case */
export function isGranted(people: GrantedPeople, id: string): boolean {
  return people.kind === "everyone" || people.members.some((member) => member.id === id);
}

/**
 * When a grant is in force for a user. Undefined: always.
 * @param id of a user that the grant includes
 */
export function periodsFor(people: GrantedPeople, id: string): Periods | undefined {
  return people.kind === "everyone" ? people.periods : people.members.find((one) => one.id === id)?.periods;
}

/**
 * Whether a grant includes tokens that name no origin and no ref: V1 tokens, and both tokens of a
 * job that a custom webhook started. Such a token does not say whose code the job runs: any
 * repository's, if the project passes secrets to forked pull requests (CircleCI docs, "OIDC tokens
 * in jobs").
 */
export function acceptsTokensWithoutOrigin({ refs }: Pick<Grant, "refs">): boolean {
  return refs.kind === "any" && refs.tokensWithoutOrigin;
}
