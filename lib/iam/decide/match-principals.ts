import type { PrincipalMember, Principals } from "../language/policy";
import type { Caller } from "./request";
import { everyTruth, notTruth, someTruth, type Truth } from "./truth";

const ROOT = /^arn:[^:]*:iam::([0-9]{12}):root$/;

/**
 * Whether a statement speaks of the caller ("AWS JSON policy elements: Principal" and "NotPrincipal"). A role's session is its
 * account, its role and itself: it is named by any of them, and NotPrincipal leaves it out only where it lists all of them.
 */
export function matchPrincipals({ members, negated }: Principals, caller: Caller): Truth {
  if (caller.type === "Federated")
    return members.some((member) => namesHolder(member, caller.arn)) !== negated;
  const identities = identitiesOf(caller);
  const isListed = (identity: Identity): Truth => someTruth(members, (member) => names(member, identity));
  return negated ? notTruth(everyTruth(identities, isListed)) : someTruth(identities, isListed);
}

/** How a policy can call somebody; the last one is nobody in particular. */
type Identity =
  | { readonly type: "Service" | "arn" | "account"; readonly text: string }
  | { readonly type: "anybody"; readonly text: "" };

function identitiesOf(caller: Exclude<Caller, { type: "Federated" }>): readonly Identity[] {
  switch (caller.type) {
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

/** Who holds a token is nobody but that. */
function namesHolder({ type, text }: PrincipalMember, provider: string): boolean {
  if (type === "Federated") return text === "*" || text === provider;
  return type === "Everyone" || (type === "AWS" && text === "*");
}

function names({ type, text }: PrincipalMember, identity: Identity): Truth {
  if (type === "Everyone" || (type === "AWS" && text === "*")) return true;
  if (type === "Federated") return false;
  if (type === "Service") return identity.type === type && text === identity.text;
  // A canonical user id stands for an account, and nothing in a request says which.
  if (type === "CanonicalUser") return identity.type === "account" ? "unknown" : false;
  const account = ROOT.exec(text)?.[1] ?? text;
  return (
    (identity.type === "account" && account === identity.text) ||
    (identity.type === "arn" && text === identity.text)
  );
}
