import type { Reporter } from "../yaml/problem";
import { accountOf } from "./accounts";
import type { AccountOutline, Outline, ProjectOutline } from "./outline";
import type { OrganizationOutline } from "./outline-organizations";

/** IAM quota "Client IDs (audiences) per OpenID Connect provider"; it cannot be raised. */
const maxAudiences = 100;

/**
 * An OIDC provider lists the audience of its organization and those of the organization's projects
 * with roles in the account.
 */
export function checkAudiences(outline: Outline, report: Reporter): void {
  for (const account of outline.accounts) {
    for (const organization of outline.organizations) {
      const count = audiencesIn(account, organization, outline).size;
      if (count <= maxAudiences) continue;
      report.atKey(account.path, {
        code: "too-many-audiences",
        message: "the account's OIDC provider would have more audiences than IAM allows",
        found: `${count} audiences`,
        allowed: `at most ${maxAudiences}, the organization's included`,
        fix: "use one audience for several projects, or spread the projects over several accounts",
      });
    }
    checkFurther(account, outline, report);
  }
}

function audiencesIn(
  account: AccountOutline,
  organization: OrganizationOutline,
  outline: Outline,
): ReadonlySet<string | undefined> {
  const audiences = new Set([organization.audience?.value]);
  for (const project of outline.projects) {
    if (project.audience === undefined || organizationOf(project, outline) !== organization) continue;
    const isHere = project.roles.some((role) => accountOf(role, outline) === account);
    if (isHere) audiences.add(project.audience.value);
  }
  return audiences;
}

/** Undefined if it cannot be determined, which `checkOrganizations` reports. */
function organizationOf(
  { organization }: ProjectOutline,
  { organizations }: Outline,
): OrganizationOutline | undefined {
  if (organization !== undefined) return organizations.find(({ key }) => key === organization.value);
  return organizations.find(({ isDefault }) => isDefault);
}

/** The further audiences of an account are those of the default organization's provider. */
function checkFurther(account: AccountOutline, { organizations }: Outline, report: Reporter): void {
  const { audiences } = account;
  if (audiences === undefined || organizations.length === 0) return;
  if (organizations.some(({ isDefault }) => isDefault)) return;
  report.at(audiences, {
    code: "default-organization-needed",
    message: "the file has several organizations, and none is the one whose provider has these audiences",
    found: "audiences",
    allowed: "`provider.audiences` with a default organization",
    fix: "add `default: true` to the organization whose provider has these audiences",
  });
}
