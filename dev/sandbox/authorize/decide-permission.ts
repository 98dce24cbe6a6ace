import type { AccessDecision } from "../../../lib/iam/evaluate/access";
import { compileAccess } from "../../../lib/iam/evaluate/access";
import { type Caller, type RequestKeys, requestKeys } from "../../../lib/iam/evaluate/request";
import type { LiveRole, NamedPolicy } from "../account/account";
import type { Session } from "../account/sessions";
import { ABSENT, type ContextKeys, isoSeconds } from "./context-keys";
import { type PolicyReason, reasonFor } from "./decision-log";
import type { RequiredPermission } from "./required-permission";

/** The principal of a request, with its policies. */
export type Requester =
  | { readonly kind: "anonymous" }
  | { readonly kind: "session"; readonly session: Session; readonly role: LiveRole };

export interface PermissionDecision {
  readonly decision: AccessDecision;
  /** In the order of `decision.by`. */
  readonly reasons: readonly PolicyReason[];
}

/** Decides one permission by all policies that apply, as AWS does within one account. */
export type DecidePermission = (permission: RequiredPermission) => PermissionDecision;

/**
 * Compiles the policies that apply to a requester, for many decisions on one resource or without a
 * resource-based policy.
 * @param ofResource the resource's policy, if it has one
 */
export function compilePermissions(
  requester: Requester,
  contextKeys: ContextKeys,
  ofResource: NamedPolicy | undefined,
): DecidePermission {
  const session = requester.kind === "session" ? requester.session : undefined;
  const role = requester.kind === "session" ? requester.role : undefined;
  const named: readonly NamedPolicy[] = [
    ...(role?.policies ?? []),
    ...(role?.boundary === undefined ? [] : [role.boundary]),
    ...(session?.policies ?? []),
    ...(ofResource === undefined ? [] : [ofResource]),
  ];
  const decide = compiled(requester, ofResource);
  const known = [...contextKeys, ...principalContextKeys(requester)];
  return (permission) => {
    const keys = closing(
      requestKeys([...known, ...(permission.keys ?? [])], "open"),
      permission.closed ?? [],
    );
    const decision = decide({
      action: permission.action,
      keys,
      ...(permission.resource === undefined ? {} : { resource: permission.resource }),
    });
    const reasons = decision.by.map((one, index) =>
      reasonFor(one.kind, named[index]?.name ?? one.kind, one.decision),
    );
    return { decision, reasons };
  };
}

/** Of roles as they were read, for the session that asked last, where no resource has a policy. */
const COMPILED = new WeakMap<LiveRole, { readonly session: Session; readonly decide: Decide }>();

type Decide = ReturnType<typeof compileAccess>;

/**
 * Policies are compiled once, until the role is read anew: after every change through the proxy.
 */
function compiled(requester: Requester, ofResource: NamedPolicy | undefined): Decide {
  if (requester.kind === "anonymous" || ofResource !== undefined) return compile(requester, ofResource);
  const { role, session } = requester;
  const known = COMPILED.get(role);
  if (known?.session === session) return known.decide;
  const decide = compile(requester, undefined);
  COMPILED.set(role, { session, decide });
  return decide;
}

function compile(requester: Requester, ofResource: NamedPolicy | undefined): Decide {
  const session = requester.kind === "session" ? requester.session : undefined;
  const role = requester.kind === "session" ? requester.role : undefined;
  return compileAccess(
    {
      identity: (role?.policies ?? []).map(({ policy }) => policy),
      ...(role?.boundary === undefined ? {} : { boundary: role.boundary.policy }),
      ...(session?.policies === undefined ? {} : { session: session.policies.map(({ policy }) => policy) }),
      ...(ofResource === undefined ? {} : { resource: ofResource.policy }),
    },
    callerOf(session),
  );
}

/** Keys with these prefixes are absent unless they are known. */
function closing(keys: RequestKeys, families: readonly string[]): RequestKeys {
  if (families.length === 0) return keys;
  return {
    get: (key) => {
      const found = keys.get(key);
      const name = key.toLowerCase();
      const closed = found.state === "open" && families.some((family) => name.startsWith(family));
      return closed ? ABSENT : found;
    },
  };
}

function callerOf(session: Session | undefined): Caller {
  if (session === undefined) return { type: "Anonymous" };
  return { type: "AWS", account: session.account, arn: session.arn, role: session.roleArn };
}

/**
 * Context keys of the principal ("AWS global condition context keys", "Properties of the principal"
 * and "Properties of a role session").
 */
function principalContextKeys(requester: Requester): ContextKeys {
  if (requester.kind === "anonymous") {
    return [
      ["aws:PrincipalType", "Anonymous"],
      ["aws:userid", "anonymous"],
      ...[
        "aws:PrincipalArn",
        "aws:PrincipalAccount",
        "aws:username",
        "aws:FederatedProvider",
        "aws:TokenIssueTime",
      ].map((key) => [key, ABSENT] as const),
    ];
  }
  const { session, role } = requester;
  return [
    ["aws:PrincipalType", "AssumedRole"],
    ["aws:PrincipalArn", session.roleArn],
    ["aws:PrincipalAccount", session.account],
    ["aws:userid", session.userId],
    ["aws:username", ABSENT],
    ["aws:FederatedProvider", session.provider ?? ABSENT],
    ["aws:TokenIssueTime", isoSeconds(session.issued)],
    ...role.tags.map(([key, value]) => [`aws:PrincipalTag/${key}`, value] as const),
  ];
}
