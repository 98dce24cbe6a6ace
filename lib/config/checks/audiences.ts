import type { Reporter } from "../yaml/problem";
import { accountOf } from "./accounts";
import type { Outline } from "./outline";

/** IAM quota "Client IDs (audiences) per OpenID Connect provider"; it cannot be raised. */
const maxAudiences = 100;

/**
 * The OIDC provider of an account lists the organization's audience and those of the projects with
 * roles in the account.
 */
export function checkAudiences(outline: Outline, report: Reporter): void {
  const audiences = new Map(
    outline.accounts.map(({ key }) => [key, new Set([outline.organization.audience?.value])]),
  );
  for (const project of outline.projects) {
    if (project.audience === undefined) continue;
    for (const role of project.roles) {
      const account = accountOf(role, outline);
      if (account !== undefined) audiences.get(account.key)?.add(project.audience.value);
    }
  }
  for (const { key, path } of outline.accounts) {
    const count = audiences.get(key)?.size ?? 0;
    if (count <= maxAudiences) continue;
    report.atKey(path, {
      code: "too-many-audiences",
      message: "the account's OIDC provider would have more audiences than IAM allows",
      found: `${count} audiences`,
      allowed: `at most ${maxAudiences}, the organization's included`,
      fix: "use one audience for several projects, or spread the projects over several accounts",
    });
  }
}
