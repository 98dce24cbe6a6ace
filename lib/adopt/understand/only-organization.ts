import type { Access, Organization } from "../../config/model/model";
import { ProjectError } from "../../errors";

/**
 * The organization of a file that has one.
 * @throws ProjectError `adopt-several-organizations` (exit 2)
 */
export function onlyOrganization({ organizations }: Access): Organization {
  const [only, ...others] = organizations;
  if (only !== undefined && others.length === 0) return only;
  const names = organizations.map(({ key, id }) => key ?? id);
  throw new ProjectError({
    code: "adopt-several-organizations",
    message: "`adopt` reads accounts of one organization, and access.yaml has several",
    found: names.join(", "),
    fix: "run it with a file that has one `organization`, then move its roles into this file, with `default: true` at that organization",
    exitCode: 2,
  });
}
