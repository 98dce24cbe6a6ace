import type { Access, AnyRole } from "../model/model";
import type { Reporter, Violation } from "../yaml/problem";

/**
 * Looks at one finished role and says what AWS would refuse. For quotas that only the writers of
 * policies can measure: "Role trust policy length" (2,048 characters), "Role policy size" (10,240
 * characters for all inline policies of a role).
 */
export type RoleCheck = (role: AnyRole) => Violation | undefined;

/**
 * Runs every check on every role, and reports at the role's key. Called only for a file without any
 * other problem.
 */
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
