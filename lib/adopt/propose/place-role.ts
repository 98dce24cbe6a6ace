import type { Account, Grant } from "../../config/model/model";
import type { FoundRole } from "../inventory/inventory";
import { placeholder } from "../understand/known";
import type { Understanding } from "../understand/understand";
import type { Projects } from "./projects";

/** A role to adopt, and its place in access.yaml. */
export interface PlacedRole {
  readonly found: FoundRole;
  readonly understanding: Understanding;
  readonly account: Account;
  readonly project: string;
  readonly key: string;
  /** The grant of its entry; undefined: its trust policy is hand-written. */
  readonly grant?: Grant;
  /** Why the role stays hand-written although its policy is exactly a grant. */
  readonly kept?: string;
}

/**
 * Default project of the default organization for hand-written roles that belong to no single
 * project.
 */
const SHARED = "shared";

/**
 * Places a role: in the project whose tokens it allows, which is added if access.yaml has none with
 * that ID. A role of no single project goes to `home`, else to the only project, else to `shared`,
 * each of the organization whose provider it trusts.
 * @param projects receives added projects
 */
export function placeRole(
  found: FoundRole,
  understanding: Understanding,
  account: Account,
  projects: Projects,
  home: string | undefined,
): PlacedRole {
  const common = { found, understanding, account };
  if (understanding.kind === "exact") {
    const { grant } = understanding;
    const known = projects.byId(grant.project);
    const differs = known === undefined ? undefined : projects.differs(known, grant);
    const project =
      known ??
      projects.add(
        placeholder("project", grant.project, projects.keys),
        { id: grant.project },
        grant.organization,
      );
    const key = projects.addRole(project, found.name);
    if (differs !== undefined) return { ...common, project, key, kept: differs };
    projects.complete(project, grant);
    return { ...common, project, key, grant };
  }
  const { project: id, organization } = understanding;
  const own =
    id === undefined
      ? undefined
      : (projects.byId(id) ?? projects.add(placeholder("project", id, projects.keys), { id }, organization));
  const isHome = home !== undefined && (!projects.keys.has(home) || projects.isOf(home, organization));
  const project =
    own ??
    (isHome ? home : undefined) ??
    projects.onlyOf(organization) ??
    `${SHARED}${projects.suffix(organization)}`;
  if (!projects.keys.has(project)) projects.add(project, {}, organization);
  return { ...common, project, key: projects.addRole(project, found.name) };
}
