import type { Access, AnyRole } from "../model/model";
import type { Path, Reporter, Violation } from "../yaml/problem";

/** A violation in a role: at its key, or at a place below it. */
interface RoleViolation extends Violation {
  /** From the role's entry: `["statements", 0, "Action"]`. */
  readonly at?: Path;
}

/**
 * Checks one complete role against what AWS accepts and what depends on the written policies, such
 * as "Role trust policy length" (2,048 characters by default) and "Role policy size" (10,240
 * characters for all inline policies of a role).
 */
export type RoleCheck = (
  role: AnyRole,
  access: Access,
) => RoleViolation | readonly RoleViolation[] | undefined;

/** Runs every check on every role of a file without other problems. */
export function checkQuotas(access: Access, checks: readonly RoleCheck[], report: Reporter): void {
  for (const project of access.projects) {
    for (const role of project.roles) {
      const path = ["projects", project.key, "roles", role.key];
      for (const violation of checks.flatMap((check) => check(role, access) ?? [])) {
        const { at, ...rest } = violation;
        if (at === undefined) report.atKey(path, rest);
        else report.at([...path, ...at], rest);
      }
    }
  }
}
