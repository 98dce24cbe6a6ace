import type { Policy, Statement } from "../../iam/language/policy";
import { readProvider } from "../../iam/prove/provider";
import { compareResourcePolicies } from "../../iam/prove/requests/compare-resource-policies";
import type { AccessChange, AccessSentence } from "../model/access-change";
import { type Phrase, quoted } from "../model/phrase";
import { callersOf } from "./request-sentences";

/**
 * What two trust policies say of others than holders of a token that comes through a provider: accounts, roles, services, SAML, everybody.
 * A trust policy is the policy of a resource, its role.
 */
export function otherCallersChange(
  role: string,
  before: Policy,
  after: Policy,
): {
  readonly relation: AccessChange["relation"];
  readonly reasons: readonly Phrase[];
  readonly sentences: readonly AccessSentence[];
} {
  const [was, is] = [aboutOthers(before), aboutOthers(after)];
  const found = compareResourcePolicies(was, is);
  const { relation, reason } = found;
  const sentences = callersOf(was, is, found, ({ action, caller = "anybody" }, effect) => [
    quoted(caller),
    effect === "gained" ? " can now " : " can no longer ",
    ...(action === "sts:AssumeRole" ? ["assume "] : [quoted(action), " with "]),
    quoted(role),
  ]);
  return { relation, reasons: reason === undefined ? [] : [[quoted(reason)]], sentences };
}

/** The policy without what it says of providers' tokens, and of the one resource that it belongs to. */
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
