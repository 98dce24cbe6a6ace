import type { PrincipalMember, Principals, Statement } from "../language/policy";
import type { Caller } from "./request";
import { everyTruth, notTruth, someTruth, type Truth } from "./truth";

const ROOT = /^arn:[^:]*:iam::([0-9]{12}):root$/;

/**
 * Whether a statement speaks of the caller ("AWS JSON policy elements: Principal" and
 * "NotPrincipal"). A role's session is its account, its role and itself: it is named by any of
 * them, and a Deny with NotPrincipal leaves it out only where it lists all of them.
 *
 * - A Deny with NotPrincipal "will always deny any IAM principal that has a permissions boundary
 *   policy attached, regardless of the
 *   values" ("Permissions boundaries for IAM entities").
 * - NotPrincipal with Allow "is not supported": who is listed is not allowed by it, and of
 *   everybody else the answer is unknown.
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

/** How a policy can call somebody; the last one is nobody in particular. */
type Identity =
  | { readonly type: "Service" | "Federated" | "arn" | "account"; readonly text: string }
  | { readonly type: "anybody"; readonly text: "" };

function identitiesOf(caller: Caller): readonly Identity[] {
  switch (caller.type) {
    // Who holds a token is nobody but that.
    case "Federated":
      return [{ type: "Federated", text: caller.arn }];
    case "Service":
      return [{ type: "Service", text: caller.name }];
    case "Anonymous":
      return [{ type: "anybody", text: "" }];
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
  // A canonical user id stands for an account, and nothing in a request says which.
  if (type === "CanonicalUser") return identity.type === "account" ? "unknown" : false;
  const account = ROOT.exec(text)?.[1] ?? text;
  return (
    (identity.type === "account" && account === identity.text) ||
    (identity.type === "arn" && text === identity.text)
  );
}
