import type { RoleCache } from "../account/role-cache";
import type { Handler } from "../protocol/exchange";
import { forward } from "./forward";

/**
 * Forgets all roles when a call passes that may change one: any to IAM, or to another service that
 * could call IAM itself.
 */
export function roleLifetime(roles: RoleCache): Handler {
  return async (exchange) => {
    if (["s3", "sts", "s3-control"].includes(exchange.call.service)) return false;
    roles.forget();
    // Before the client hears of it, so that it finds its change made.
    await forward(exchange, () => roles.forget());
    roles.forget();
    return true;
  };
}
