import type { RiskyCall } from "../possible";

/** Passing a role that no policy spells out to a service (`iam:PassedToService`). */
export function passRole(service: string): RiskyCall {
  return {
    action: "iam:PassRole",
    scope: "unnamed",
    when: { StringEquals: { "iam:PassedToService": `${service}.amazonaws.com` } },
  };
}

/** On any resource: creating one, or starting what was created. */
export function on(action: string): RiskyCall {
  return { action };
}

/**
 * On a resource that exists and that no policy spells out: which role it has is not known. Where a
 * policy names the resource, its role is what the policy is for.
 */
export function onUnnamed(action: string): RiskyCall {
  return { action, scope: "unnamed" };
}

/** On another user than the one that makes the call. */
export function onOthers(action: string): RiskyCall {
  return { action, scope: "others" };
}

/** On a user or role without a permissions boundary, which limits what can be gained. */
export function unbounded(action: string): RiskyCall {
  return { action, when: { Null: { "iam:PermissionsBoundary": "true" } } };
}

/** Attaching the policy that allows everything. */
export function attaching(action: string, isBounded: "unbounded" | "any"): RiskyCall {
  return {
    action,
    when: {
      ArnLike: { "iam:PolicyARN": "arn:*:iam::aws:policy/AdministratorAccess" },
      ...(isBounded === "unbounded" ? { Null: { "iam:PermissionsBoundary": "true" } } : {}),
    },
  };
}
