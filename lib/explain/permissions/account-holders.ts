import { identityPoliciesOf, managedPoliciesIn, withBoundary } from "../../audit/aws/account-permissions";
import { incompleteIn } from "../../audit/aws/listings";
import { objectsIn, readTrust, textOf, unknownInput } from "../../audit/found/audited-role";
import { readText } from "../../audit/inputs/read-file";
import { parseText } from "../../audit/text/parse-text";
import type { Access } from "../../config/model/model";
import { listPhrases } from "../../describe/list";
import { distinctPhrases, type Phrase } from "../../describe/phrase";
import { callersOf } from "../../diff/requests/request-sentences";
import { othersBetween } from "../../diff/tokens/other-callers";
import { EMPTY_POLICY } from "../../diff/tokens/token-groups";
import { TrustComparisons } from "../../diff/tokens/trust-comparisons";
import type { AwsPolicies } from "../../iam/data/managed-policies";
import { isJsonObject, type Json, type JsonObject } from "../../iam/language/json";
import type { Policy } from "../../iam/language/policy";
import type { PermissionSource } from "../../iam/prove/requests/compare-permissions";
import { namingFile } from "../../project/naming-file";
import { nameOf } from "../../project/read-input";
import type { Holder } from "./holder";

/** The roles and users of an account, and why some may be missing. */
export interface AccountHolders {
  readonly holders: readonly Holder[];
  readonly incomplete?: string;
}

/** So many groups of people, and so many other principals, are named; the rest is counted. */
const SHOWN = 3;

/**
 * Roles and users in the JSON of `aws iam get-account-authorization-details`.
 * @param access names for ids; undefined: there is no access.yaml
 * @throws ProjectError `policy-input-unknown` for another file, and those of reading it (exit 2)
 */
export function accountHolders(file: string, access: Access | undefined, aws: AwsPolicies): AccountHolders {
  const name = nameOf(file);
  const value = namingFile(name, () => parseText(readText(file), false).value);
  if (!isJsonObject(value) || !Array.isArray(value.RoleDetailList)) throw unknownInput(name);
  const managed = managedPoliciesIn(value, aws);
  const trusts = new TrustComparisons([], access);
  const groups = new Map(objectsIn(value.GroupDetailList).map((one) => [textOf(one.GroupName, ""), one]));
  const [roles, users] = [objectsIn(value.RoleDetailList), objectsIn(value.UserDetailList)];
  // Without a role or user there is no answer: the listing is more likely one that failed.
  if (roles.length + users.length === 0) throw unknownInput(name);
  return {
    holders: [
      ...roles.map((role): Holder => {
        const trust = readTrust(role.AssumeRolePolicyDocument, "AssumeRolePolicyDocument").policy;
        const identity = identityPoliciesOf(role, "RolePolicyList", managed);
        const permissions = withBoundary(role, identity, managed);
        return {
          name: textOf(role.RoleName, "a role without a name"),
          permissions,
          ...actorsOf(trust, trusts),
        };
      }),
      ...users.map((user): Holder => {
        const memberships = Array.isArray(user.GroupList) ? user.GroupList : [];
        const identity = [
          ...identityPoliciesOf(user, "UserPolicyList", managed),
          ...memberships.flatMap((group) => ofGroup(groups.get(textOf(group, "")), group, managed)),
        ];
        const called = textOf(user.UserName, "without a name");
        const permissions = withBoundary(user, identity, managed);
        return { name: `user ${called}`, permissions, who: ["holders of its credentials"], people: [] };
      }),
    ],
    ...incompleteIn(value),
  };
}

/** A group that the listing does not have may allow anything. */
function ofGroup(
  group: JsonObject | undefined,
  name: Json,
  managed: ReturnType<typeof managedPoliciesIn>,
): readonly PermissionSource[] {
  if (group === undefined) return [{ kind: "opaque", name: `group ${textOf(name, "without a name")}` }];
  return identityPoliciesOf(group, "GroupPolicyList", managed);
}

/** Those whom a trust policy accepts: people of tokens, and other principals. */
function actorsOf(trust: Policy | undefined, trusts: TrustComparisons): Pick<Holder, "who" | "people"> {
  if (trust === undefined) return { who: ["its trust policy could not be read"], people: [] };
  const { groups, hasMore } = trusts.admittedBy(trust);
  const tokens = groups.map(
    ({ who, where }): Phrase => [...who, ...(where.length === 0 ? [] : [" ", ...where])],
  );
  const callers = othersBetween(EMPTY_POLICY, trust).requests.gained.map((one) => callersOf(one).who);
  const all = distinctPhrases([...tokens, ...callers]);
  return {
    who: [...listPhrases(all, { most: SHOWN }), ...(hasMore ? [", and more"] : [])],
    people: [...new Set(groups.flatMap(({ people }) => people))].sort(),
  };
}
