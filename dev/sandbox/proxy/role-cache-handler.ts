import type { RoleCache } from "../account/role-cache";
import type { Handler } from "../protocol/exchange";
import { forward } from "./forward";

/**
 * Clears the role cache when a call can change a role: every call to IAM, and to services that
 * could call IAM.
 */
export function clearRoleCache(roles: RoleCache): Handler {
  return async (exchange) => {
    if (["s3", "sts", "s3-control"].includes(exchange.call.service)) return false;
    roles.clear();
    // Cleared before the client gets the response, so that its next call uses the new role.
    await forward(exchange, () => roles.clear());
    roles.clear();
    return true;
  };
}
