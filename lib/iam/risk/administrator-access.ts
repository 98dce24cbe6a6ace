import type { Permissions } from "../prove/requests/compare-permissions";
import { administratorOf } from "./administrator";
import { effectiveOf } from "./effective";
import { escalationsBetween } from "./escalation/escalations";

/**
 * Whether a principal is an administrator or can become one: the first two classes of risk, by
 * proof over all that its policies allow within its boundary. Policies with unknown contents allow
 * nothing here, and an unknown boundary limits nothing.
 */
export function hasAdministratorAccess(permissions: Permissions): boolean {
  const effective = effectiveOf(permissions);
  return administratorOf(effective) !== undefined || escalationsBetween(undefined, effective).length > 0;
}
