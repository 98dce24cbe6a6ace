import { sortedEntries } from "../../collections/sort";
import type { AccessFile } from "../schema/schema";
import type { Organization } from "./model";

type OrganizationEntry = NonNullable<AccessFile["organization"]>;

/** The organizations of a valid file, sorted by name, with every default set. */
export function buildOrganizations({
  organization,
  organizations = {},
}: AccessFile): readonly Organization[] {
  if (organization !== undefined) return [{ isDefault: true, ...settingsOf(organization) }];
  const named = sortedEntries(organizations);
  return named.map(([key, entry]) => ({
    key,
    isDefault: named.length === 1 || entry.default === true,
    ...settingsOf(entry),
  }));
}

function settingsOf({
  id,
  audience = id,
  server,
}: OrganizationEntry): Omit<Organization, "key" | "isDefault"> {
  return { id, audience, ...(server === undefined ? {} : { server }) };
}

/**
 * The organization of a project.
 * @param key the name that the project gives; undefined: none
 */
export function organizationFor(
  key: string | undefined,
  organizations: readonly Organization[],
): Organization {
  const found = organizations.find((one) => (key === undefined ? one.isDefault : one.key === key));
  if (found === undefined) throw new Error(`checks let an unknown organization through: ${key ?? "none"}`);
  return found;
}
