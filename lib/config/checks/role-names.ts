import { roleNameRule } from "../rules/iam-role";
import { formatPath, type Reporter } from "../yaml/problem";
import { accountOf } from "./accounts";
import type { Field, Outline, RoleOutline } from "./outline";

/**
 * Role names must be valid in IAM, and unique in their account without regard to case. Source: IAM
 * API Reference, CreateRole.
 */
export function checkRoleNames(outline: Outline, report: Reporter): void {
  const taken = new Map<string, Field>();
  for (const role of outline.projects.flatMap(({ roles }) => roles)) {
    reportDefaultName(role, report);
    const account = accountOf(role, outline);
    if (account === undefined) continue;
    const name = JSON.stringify([account.key, role.iamName.value.toLowerCase()]);
    const first = taken.get(name);
    if (first === undefined) {
      taken.set(name, role.iamName);
      continue;
    }
    report.at(role.iamName.path, {
      code: "duplicate-role-name",
      message: `another role of the account has this name without regard to case: ${formatPath(first.path)}`,
      found: role.iamName.value,
      allowed: "a name that no other role of the account has",
      fix: "set another `name` on one of them",
    });
  }
}

/** The schema checks a `name` of the file; a name made from two keys can only be too long. */
function reportDefaultName(role: RoleOutline, report: Reporter): void {
  if (role.iamName.path !== role.path) return;
  const violation = roleNameRule(role.iamName.value);
  if (violation?.code === "role-name-too-long") report.atKey(role.path, violation);
}
