import type { Access, AnyRole } from "../model/model";
import type { Reporter, Violation } from "../yaml/problem";

/**
 * Checks one complete role against the limits of AWS that depend on the written policies: "Role
 * trust policy length" (2,048 characters by default) and "Role policy size" (10,240 characters for
 * all inline policies of a role).
 */
export type RoleCheck = (role: AnyRole) => Violation | undefined;

/** Runs every check on every role of a file without other problems; reports at the role's key. */
export function checkQuotas(access: Access, checks: readonly RoleCheck[], report: Reporter): void {
  for (const project of access.projects) {
    for (const role of project.roles) {
      for (const check of checks) {
        const violation = check(role);
        if (violation !== undefined) report.atKey(["projects", project.key, "roles", role.key], violation);
      }
    }
  }
}
