import type { Access, AnyProject, AnyRole, HandWrittenRole, Project, Role } from "./model";

/**
 * Whether the file says whom the role lets in. Otherwise its trust policy is hand-written, and says
 * it alone.
 */
export function hasGrant(role: AnyRole): role is Role {
  return role.grant !== undefined;
}

/** Those whose trust policy nobody proves, in their order. */
export function handWrittenRoles(roles: readonly AnyRole[]): readonly HandWrittenRole[] {
  return roles.filter((role): role is HandWrittenRole => !hasGrant(role));
}

/**
 * The projects that jobs of CircleCI run in, each with the roles that the file lets them assume; in
 * their order.
 */
export function grantingProjects({ projects }: Pick<Access, "projects">): readonly Project[] {
  return projects.flatMap(grantingPart);
}

/** The part of a project that says whom it lets in: nothing, where every role is hand-written. */
export function grantingPart(project: AnyProject): readonly Project[] {
  const { id, repository } = project;
  const roles = project.roles.filter(hasGrant);
  if (roles.length === 0) return [];
  if (id === undefined || repository === undefined) {
    throw new Error(`checks let project ${project.key} through without id or repository`);
  }
  return [{ ...project, id, repository, roles }];
}
