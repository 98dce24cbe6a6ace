import type { Relation } from "../../describe/relation";
import type { Policy, Statement } from "../../iam/language/policy";
import { compareResourcePolicies } from "../../iam/prove/requests/compare-resource-policies";
import { readProvider } from "../../iam/prove/tokens/provider";
import { callersBetween, type FoundRequests } from "../requests/found-requests";

/** What two trust policies say of others than holders of a token, whichever role they are of. */
export interface OthersDifference {
  readonly relation: Relation;
  /** Why it is unknown. */
  readonly reason?: string;
  readonly requests: FoundRequests;
}

/**
 * Compares two trust policies for all callers but holders of a token of an OIDC provider: accounts,
 * roles, services, SAML, everyone. A trust policy is the resource-based policy of its role.
 */
export function othersBetween(before: Policy, after: Policy): OthersDifference {
  const [was, is] = [aboutOthers(before), aboutOthers(after)];
  const found = compareResourcePolicies(was, is);
  const { relation, reason } = found;
  return {
    relation,
    requests: callersBetween(was, is, found),
    ...(reason === undefined ? {} : { reason }),
  };
}

/**
 * The policy without what it says of providers' tokens, and of the one resource that it belongs to.
 */
function aboutOthers(policy: Policy): Policy {
  return { ...policy, statements: policy.statements.flatMap(aboutOther) };
}

function aboutOther(statement: Statement): readonly Statement[] {
  const { principals, path } = statement;
  if (principals === undefined) return [];
  const members = principals.negated
    ? principals.members
    : principals.members.filter(({ type, text }) => type !== "Federated" || readProvider(text) === undefined);
  if (members.length === 0) return [];
  const own = { path, negated: false, values: [{ path, text: "*", pieces: [{ kind: "any-run" } as const] }] };
  return [{ ...statement, principals: { ...principals, members }, resources: own }];
}
