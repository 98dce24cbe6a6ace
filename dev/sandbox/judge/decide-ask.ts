import type { AccessDecision } from "../../../lib/iam/evaluate/access";
import { compileAccess } from "../../../lib/iam/evaluate/access";
import { type Caller, type RequestKeys, requestKeys } from "../../../lib/iam/evaluate/request";
import type { Policy } from "../../../lib/iam/language/policy";
import type { LiveRole, NamedPolicy } from "../account/account";
import type { Session } from "../account/sessions";
import type { Ask } from "./ask";
import { type PolicyReason, reasonFor } from "./decision-log";
import { ABSENT, type Facts, isoSeconds } from "./request-facts";

/** Who asks, with all the policies that hang on it. */
export type Asker =
  | { readonly kind: "anonymous" }
  | { readonly kind: "session"; readonly session: Session; readonly role: LiveRole };

export interface AskDecision {
  readonly decision: AccessDecision;
  /** In the order of `decision.by`. */
  readonly reasons: readonly PolicyReason[];
}

/** Decides one permission by all policies that have a say, as AWS does within one account. */
export type AskDecider = (ask: Ask) => AskDecision;

export interface PolicyOfBucket {
  readonly bucket: string;
  readonly policy: Policy;
}

/**
 * Makes the policies of a caller ready to decide many permissions on one bucket, or on none.
 * @param ofBucket the bucket's policy; undefined: it has none
 */
export function compileAsks(asker: Asker, facts: Facts, ofBucket: PolicyOfBucket | undefined): AskDecider {
  const session = asker.kind === "session" ? asker.session : undefined;
  const role = asker.kind === "session" ? asker.role : undefined;
  const named: readonly NamedPolicy[] = [
    ...(role?.policies ?? []),
    ...(role?.boundary === undefined ? [] : [role.boundary]),
    ...(session?.policies ?? []),
    ...(ofBucket === undefined ? [] : [{ name: `bucket ${ofBucket.bucket}`, policy: ofBucket.policy }]),
  ];
  const decide = compileAccess(
    {
      identity: (role?.policies ?? []).map(({ policy }) => policy),
      ...(role?.boundary === undefined ? {} : { boundary: role.boundary.policy }),
      ...(session?.policies === undefined ? {} : { session: session.policies.map(({ policy }) => policy) }),
      ...(ofBucket === undefined ? {} : { resource: ofBucket.policy }),
    },
    callerOf(session),
  );
  const known = [...facts, ...sessionFacts(asker)];
  return (ask) => {
    const keys = closing(requestKeys([...known, ...(ask.keys ?? [])], "open"), ask.closed ?? []);
    const decision = decide({
      action: ask.action,
      keys,
      ...(ask.resource === undefined ? {} : { resource: ask.resource }),
    });
    const reasons = decision.by.map((one, index) =>
      reasonFor(one.kind, named[index]?.name ?? one.kind, one.decision),
    );
    return { decision, reasons };
  };
}

/** Keys of these families that nothing is known of are absent. */
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
 * Keys of the principal ("AWS global condition context keys", "Properties of the principal" and "of
 * a role session").
 */
function sessionFacts(asker: Asker): Facts {
  if (asker.kind === "anonymous") {
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
  const { session, role } = asker;
  return [
    ["aws:PrincipalType", "AssumedRole"],
    ["aws:PrincipalArn", session.roleArn],
    ["aws:PrincipalAccount", session.account],
    ["aws:userid", session.userId],
    ["aws:username", ABSENT],
    ["aws:FederatedProvider", session.provider],
    ["aws:TokenIssueTime", isoSeconds(session.issued)],
    ...role.tags.map(([key, value]) => [`aws:PrincipalTag/${key}`, value] as const),
  ];
}
