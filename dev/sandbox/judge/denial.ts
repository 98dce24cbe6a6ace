import type { AccessDecision } from "../../../lib/iam/evaluate/access";
import type { AwsFault } from "../aws-fault";
import type { Ask } from "./ask";
import type { AskDecision } from "./decide-ask";

const POLICY_NAMES = {
  identity: ["an identity-based policy", "identity-based policy"],
  boundary: ["a permissions boundary", "permissions boundary"],
  session: ["a session policy", "session policy"],
  resource: ["a resource-based policy", "resource-based policy"],
} as const;

/**
 * AccessDenied in AWS's words ("Troubleshoot access denied error messages", IAM User Guide): who,
 * what, on what, and which kind of policy.
 */
export function denial(caller: string | undefined, ask: Ask, { decision }: AskDecision): AwsFault {
  const message =
    caller === undefined
      ? "Access Denied"
      : `User: ${caller} is not authorized to perform: ${ask.action} on resource: ${resourceIn(ask)} ${because(ask, decision)}`;
  return { status: 403, code: "AccessDenied", message };
}

function resourceIn({ resource, called }: Ask): string {
  return called ?? `"${resource ?? "*"}"`;
}

function because({ action }: Ask, { because: why, by }: AccessDecision): string {
  if (why === "explicit-deny") {
    const denying = by.find(({ decision }) => decision.because === "explicit-deny");
    return `with an explicit deny in ${POLICY_NAMES[denying?.kind ?? "identity"][0]}`;
  }
  if (why === "open") {
    const keys = [...new Set(by.flatMap(({ decision }) => decision.hangsOn))];
    return `because this sandbox cannot tell: it hangs on ${keys.join(", ")}`;
  }
  // What the identity allows, and something else does not: that is what to mend.
  const allows = (kind: keyof typeof POLICY_NAMES): boolean =>
    by.some((one) => one.kind === kind && one.decision.verdict === "allowed");
  const has = (kind: keyof typeof POLICY_NAMES): boolean => by.some((one) => one.kind === kind);
  const missing = allows("identity")
    ? (["boundary", "session"] as const).find((kind) => has(kind) && !allows(kind))
    : undefined;
  return `because no ${POLICY_NAMES[missing ?? "identity"][1]} allows the ${action} action`;
}

/** Of calls that the door has no name for: nobody can have been allowed them. */
export function unnamed(caller: string | undefined, what: string): AwsFault {
  const who = caller === undefined ? "an anonymous caller" : `User: ${caller}`;
  return {
    status: 403,
    code: "AccessDenied",
    message: `${who} is not authorized: this sandbox cannot name the action of ${what}, and what it cannot name it denies`,
  };
}
