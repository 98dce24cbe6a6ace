import type { Policy, Statement } from "../language/policy";
import { type CompiledPolicy, compileIdentityPolicy, compilePolicy } from "./compile-policy";
import { type Decision, decide } from "./decide";
import type { AccessRequest, Caller } from "./request";
import { everyTruth, someTruth, type Truth } from "./truth";

/** All policies that apply to a request within one account. */
export interface AccessPolicies {
  /** Inline and attached policies of the caller. Empty: they allow nothing. */
  readonly identity: readonly Policy[];
  /** The permissions boundary. Undefined: none is attached. */
  readonly boundary?: Policy;
  /**
   * Session policies: the union of what they allow limits the session. Undefined: it was assumed
   * without one.
   */
  readonly session?: readonly Policy[];
  /** The policy of the resource, such as a bucket. Undefined: it has none. */
  readonly resource?: Policy;
}

export interface AccessDecision {
  readonly verdict: Decision["verdict"];
  readonly because: Decision["because"];
  /** The decision of each policy, with its type. */
  readonly by: readonly { readonly kind: keyof AccessPolicies; readonly decision: Decision }[];
}

/** Policies compiled to decide many calls of one caller. */
type CompiledAccess = (request: Omit<AccessRequest, "caller">) => AccessDecision;

/**
 * Decides a request of an IAM user or role session by all policies of one account (IAM User Guide,
 * "Policy evaluation for requests within a single account"): an explicit deny in any of them; then
 * what the identity-based and the resource-based policy allow together, within boundary and session
 * policy. A resource-based policy that names the session itself is not limited by boundary and
 * session policy. One that names the role is. One that names only the account delegates, so an
 * identity-based policy must allow the request. `*` counts as the role, which the guide does not
 * define.
 */
export function compileAccess(
  { identity, boundary, session, resource }: AccessPolicies,
  caller: Caller,
): CompiledAccess {
  const ofIdentity = identity.map(compileIdentityPolicy);
  const limit = boundary && compileIdentityPolicy(boundary);
  const ofSession = session?.map(compilePolicy);
  const whole = resource && compilePolicy(resource);
  const toSession = resource && allowsOnly(resource, (one) => namesItself(one, caller));
  const toRole =
    resource && allowsOnly(resource, (one) => !namesItself(one, caller) && !namesAccountAlone(one, caller));
  const asking = caller.type === "AWS" ? { ...caller, hasBoundary: boundary !== undefined } : caller;
  return (request) => {
    const own = { ...request, caller: asking };
    const by: AccessDecision["by"] = [
      ...ofIdentity.map((policy) => ({ kind: "identity", decision: decide(policy, request) }) as const),
      ...saidBy("boundary", limit, request),
      ...(ofSession ?? []).flatMap((policy) => saidBy("session", policy, request)),
      ...saidBy("resource", whole, own),
    ];
    if (by.some(({ decision }) => decision.because === "explicit-deny")) {
      return { verdict: "denied", because: "explicit-deny", by };
    }
    const allowed = (
      policy: CompiledPolicy | undefined,
      otherwise: boolean,
      asked: AccessRequest = request,
    ): Truth => (policy === undefined ? otherwise : truthOf(decide(policy, asked)));
    const within = everyTruth(
      [
        someTruth([...ofIdentity.map((policy) => allowed(policy, false)), allowed(toRole, false, own)], same),
        allowed(limit, true),
        ofSession === undefined ||
          someTruth(
            ofSession.map((policy) => allowed(policy, false)),
            same,
          ),
      ],
      same,
    );
    // A policy that may deny makes the whole answer unknown.
    const mayDeny = by.some(({ decision }) => decision.because !== "allow" && hasDeny(decision));
    const result = someTruth([within, allowed(toSession, false, own)], same);
    if (result === "unknown" || (result && mayDeny)) return { verdict: "unknown", because: "open", by };
    return result
      ? { verdict: "allowed", because: "allow", by }
      : { verdict: "denied", because: "implicit-deny", by };
  };
}

function same(truth: Truth): Truth {
  return truth;
}

function saidBy(
  kind: keyof AccessPolicies,
  policy: CompiledPolicy | undefined,
  request: AccessRequest,
): AccessDecision["by"] {
  return policy === undefined ? [] : [{ kind, decision: decide(policy, request) }];
}

function truthOf({ verdict }: Decision): Truth {
  return verdict === "unknown" ? verdict : verdict === "allowed";
}

function hasDeny({ statements }: Decision): boolean {
  return statements.some(({ effect, applies }) => effect === "Deny" && applies === "unknown");
}

function allowsOnly(policy: Policy, isWanted: (statement: Statement) => boolean): CompiledPolicy {
  return compilePolicy({
    ...policy,
    statements: policy.statements.filter((one) => one.effect === "Deny" || isWanted(one)),
  });
}

function namesItself({ principals }: Statement, caller: Caller): boolean {
  if (caller.type !== "AWS" || principals === undefined || principals.negated) return false;
  return principals.members.some(({ type, text }) => type === "AWS" && text === caller.arn);
}

/** Whether the statement names the caller's account, but neither its role nor all principals. */
function namesAccountAlone({ principals }: Statement, caller: Caller): boolean {
  if (caller.type !== "AWS" || principals === undefined || principals.negated) return false;
  return !principals.members.some(
    ({ type, text }) => type === "Everyone" || text === "*" || (type === "AWS" && text === caller.role),
  );
}
