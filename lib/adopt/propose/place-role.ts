import type { Account, Grant } from "../../config/model/model";
import type { FoundRole } from "../inventory/inventory";
import { placeholder } from "../understand/known";
import type { Understanding } from "../understand/understand";
import type { Projects } from "./projects";

/** A role that is to be adopted, and where in access.yaml it goes. */
export interface PlacedRole {
  readonly found: FoundRole;
  readonly understanding: Understanding;
  readonly account: Account;
  readonly project: string;
  readonly key: string;
  /** What the file will say of whom it lets in; undefined: it is hand-written. */
  readonly grant?: Grant;
  /** Why a role that is exactly a grant stays hand-written all the same. */
  readonly kept?: string;
}

/** The home of hand-written roles of no one project, where nobody names another. */
const SHARED = "shared";

/**
 * Finds a role's place: in the project that all its tokens come from, which is made where the file
 * has none of that id; a role of no one project goes where `home` says, to the file's only project,
 * or to a project of its own.
 * @param projects is told of whatever is made
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
      known ?? projects.add(placeholder("project", grant.project, projects.keys), { id: grant.project });
    const key = projects.addRole(project, found.name);
    if (differs !== undefined) return { ...common, project, key, kept: differs };
    projects.complete(project, grant);
    return { ...common, project, key, grant };
  }
  const id = understanding.project;
  const own =
    id === undefined
      ? undefined
      : (projects.byId(id) ?? projects.add(placeholder("project", id, projects.keys), { id }));
  const project = own ?? home ?? projects.only ?? SHARED;
  if (!projects.keys.has(project)) projects.add(project, {});
  return { ...common, project, key: projects.addRole(project, found.name) };
}
