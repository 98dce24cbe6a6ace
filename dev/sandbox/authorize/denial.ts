import type { AccessDecision } from "../../../lib/iam/evaluate/access";
import type { AwsFault } from "../protocol/aws-fault";
import type { PermissionDecision } from "./decide-permission";
import type { RequiredPermission } from "./required-permission";

const POLICY_NAMES = {
  identity: ["an identity-based policy", "identity-based policy"],
  boundary: ["a permissions boundary", "permissions boundary"],
  session: ["a session policy", "session policy"],
  resource: ["a resource-based policy", "resource-based policy"],
} as const;

/**
 * AccessDenied in AWS's wording ("Troubleshoot access denied error messages", IAM User Guide):
 * principal, action, resource and type of policy.
 */
export function accessDenied(
  caller: string | undefined,
  permission: RequiredPermission,
  { decision }: PermissionDecision,
): AwsFault {
  const message =
    caller === undefined
      ? "Access Denied"
      : `User: ${caller} is not authorized to perform: ${permission.action} on resource: ${resourceIn(permission)} ${because(permission, decision)}`;
  return { status: 403, code: "AccessDenied", message };
}

function resourceIn({ resource, called }: RequiredPermission): string {
  return called ?? `"${resource ?? "*"}"`;
}

function because({ action }: RequiredPermission, { because: why, by }: AccessDecision): string {
  if (why === "explicit-deny") {
    const denying = by.find(({ decision }) => decision.because === "explicit-deny");
    return `with an explicit deny in ${POLICY_NAMES[denying?.kind ?? "identity"][0]}`;
  }
  if (why === "open") {
    const keys = [...new Set(by.flatMap(({ decision }) => decision.dependsOn))];
    return `because the sandbox cannot determine the value of ${keys.join(", ")}`;
  }
  // If only the boundary or a session policy does not allow the action, the message names that
  // policy.
  const allows = (kind: keyof typeof POLICY_NAMES): boolean =>
    by.some((one) => one.kind === kind && one.decision.verdict === "allowed");
  const has = (kind: keyof typeof POLICY_NAMES): boolean => by.some((one) => one.kind === kind);
  const missing = allows("identity")
    ? (["boundary", "session"] as const).find((kind) => has(kind) && !allows(kind))
    : undefined;
  return `because no ${POLICY_NAMES[missing ?? "identity"][1]} allows the ${action} action`;
}

/** Denies a call whose action the proxy does not know. */
export function unsupportedCall(caller: string | undefined, what: string): AwsFault {
  const who = caller === undefined ? "an anonymous caller" : `User: ${caller}`;
  return {
    status: 403,
    code: "AccessDenied",
    message: `${who} is not authorized: the sandbox does not support ${what}`,
  };
}

/** The role of the session is deleted, perhaps created again. */
export const ROLE_GONE: AwsFault = {
  status: 403,
  code: "InvalidClientTokenId",
  message: "The security token included in the request is invalid: its role is no longer there",
};
