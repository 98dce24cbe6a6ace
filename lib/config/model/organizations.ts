import type { Access, AnyProject } from "./model";

/** Hosts of CircleCI Server that sign tokens of the file's organizations, without duplicates. */
export function serversOf({ organizations }: Pick<Access, "organizations">): readonly string[] {
  return [...new Set(organizations.flatMap(({ server }) => server ?? []))];
}

/** Every audience that tokens of the file's projects have, without duplicates. */
export function audiencesIn({ organizations, projects }: Access): readonly string[] {
  return [...new Set([...organizations, ...projects].map(({ audience }) => audience))];
}

/** Whether an organization is one of the file's. @param id CircleCI's UUID */
export function hasOrganization({ organizations }: Pick<Access, "organizations">, id: string): boolean {
  return organizations.some((organization) => organization.id === id);
}

/** The project with a CircleCI ID; undefined if the file has none of it in that organization. */
export function projectWithIds(
  { projects }: Pick<Access, "projects">,
  job: { readonly organization: string; readonly project: string },
): AnyProject | undefined {
  return projects.find(({ id, organization }) => id === job.project && organization.id === job.organization);
}
