import type { Organization } from "./model";

/**
 * The ID of a provider's construct, which is its name in Terraform. The default organization has
 * the name that the provider of a file with one organization has, so that a file can get a second
 * organization without replacing the first one's provider.
 */
export function providerId({ key, isDefault }: Pick<Organization, "key" | "isDefault">): string {
  return isDefault || key === undefined ? "circleci" : `circleci_${key}`;
}
