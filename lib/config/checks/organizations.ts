import { adviceFor } from "../../collections/suggest";
import { formatPath, type Reporter } from "../yaml/problem";
import { isTreeMap } from "../yaml/yaml-tree";
import { reportMissing } from "./missing";
import type { Outline, ProjectOutline } from "./outline";
import type { OrganizationOutline } from "./outline-organizations";

/** The file has one organization or a map of several, and each project belongs to one of them. */
export function checkOrganizations(root: unknown, outline: Outline, report: Reporter): void {
  const { organizations, projects } = outline;
  if (!isTreeMap(root)) return;
  const has = (key: string): boolean => Object.hasOwn(root, key);
  if (has("organization") && has("organizations")) {
    report.atKey(["organization"], {
      code: "organization-beside-organizations",
      message: "the file has both `organization` and `organizations`",
      found: "organization",
      allowed: "one of the two",
      fix: "move the organization into `organizations`, with a name and with `default: true`",
    });
    return;
  }
  if (!has("organization") && !has("organizations")) {
    const allowed = "a map with the key `id`, or `organizations` for several";
    reportMissing("organization", allowed, { entry: root, path: [] }, report);
    return;
  }
  // If no organization could be read, that is the problem that is reported.
  if (organizations.length === 0) return;
  reportSecondDefault(organizations, report);
  for (const project of projects) checkProject(project, organizations, report);
}

function reportSecondDefault(organizations: readonly OrganizationOutline[], report: Reporter): void {
  const [first, second] = organizations.filter(({ isDefault }) => isDefault);
  if (first === undefined || second === undefined) return;
  report.at([...second.path, "default"], {
    code: "several-default-organizations",
    message: `${formatPath(first.path)} is the default organization already`,
    found: "default: true",
    allowed: "`default: true` in one organization at most",
    fix: "remove it from one of the two",
  });
}

function checkProject(
  project: ProjectOutline,
  organizations: readonly OrganizationOutline[],
  report: Reporter,
): void {
  const names = organizations.flatMap(({ key }) => key ?? []);
  const { organization } = project;
  if (organization === undefined) {
    const isGiven = Object.hasOwn(project.entry, "organization");
    if (isGiven || organizations.some(({ isDefault }) => isDefault)) return;
    reportMissing("organization", `one of ${names.sort().join(", ")}`, project, report);
    return;
  }
  if (names.includes(organization.value)) return;
  const isSingle = names.length === 0;
  report.at(organization.path, {
    code: "unknown-organization",
    message: isSingle ? "the file has one organization, which has no name" : "no organization has this name",
    found: organization.value,
    allowed: isSingle ? "no `organization` here, or names in `organizations`" : names.sort().join(", "),
    fix: isSingle
      ? "remove the line, or write `organizations` with a name for each"
      : adviceFor(organization.value, names, "add it to `organizations`"),
  });
}
