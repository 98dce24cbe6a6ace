import type { PrincipalMember, Principals, Statement } from "../language/policy";
import type { Caller } from "./request";
import { everyTruth, notTruth, someTruth, type Truth } from "./truth";

const ROOT = /^arn:[^:]*:iam::([0-9]{12}):root$/;

/**
 * Whether a statement applies to the caller ("AWS JSON policy elements: Principal" and
 * "NotPrincipal"). A role session is its account, its role and itself. Any of them names it, and a
 * Deny with NotPrincipal exempts it only if it lists all of them.
 *
 * - A Deny with NotPrincipal "will always deny any IAM principal that has a permissions boundary
 * policy attached, regardless of the values" ("Permissions boundaries for IAM entities").
 * - NotPrincipal with Allow "is not supported": it does not allow the listed principals; for all
 * others the answer is unknown.
 */
export function matchPrincipals(
  { members, negated }: Principals,
  effect: Statement["effect"],
  caller: Caller,
): Truth {
  const identities = identitiesOf(caller);
  const isListed = (identity: Identity): Truth => someTruth(members, (member) => names(member, identity));
  const byAnyName = someTruth(identities, isListed);
  if (!negated) return byAnyName;
  if (effect === "Allow") return byAnyName === true ? false : "unknown";
  const isLeftOut = everyTruth(identities, isListed);
  return someTruth([notTruth(isLeftOut), hasBoundary(caller)], (one) => one);
}

function hasBoundary(caller: Caller): Truth {
  return caller.type === "AWS" ? (caller.hasBoundary ?? "unknown") : false;
}

/** The names under which a policy can list a caller. An anonymous caller has none. */
type Identity =
  | { readonly type: "Service" | "Federated" | "arn" | "account"; readonly text: string }
  | { readonly type: "anonymous"; readonly text: "" };

function identitiesOf(caller: Caller): readonly Identity[] {
  switch (caller.type) {
    // The holder of a token has no other identity.
    case "Federated":
      return [{ type: "Federated", text: caller.arn }];
    case "Service":
      return [{ type: "Service", text: caller.name }];
    case "Anonymous":
      return [{ type: "anonymous", text: "" }];
    case "AWS":
      return [
        { type: "account", text: caller.account },
        ...(caller.role === undefined ? [] : [{ type: "arn", text: caller.role } as const]),
        { type: "arn", text: caller.arn },
      ];
  }
}

function names({ type, text }: PrincipalMember, identity: Identity): Truth {
  if (type === "Everyone" || (type === "AWS" && text === "*")) return true;
  if (type === "Federated") return identity.type === type && (text === "*" || text === identity.text);
  if (type === "Service") return identity.type === type && text === identity.text;
  // A canonical user id identifies an account, and a request does not show which.
  if (type === "CanonicalUser") return identity.type === "account" ? "unknown" : false;
  const account = ROOT.exec(text)?.[1] ?? text;
  return (
    (identity.type === "account" && account === identity.text) ||
    (identity.type === "arn" && text === identity.text)
  );
}
