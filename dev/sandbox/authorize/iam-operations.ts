import type { EntityKind } from "../account/entity";

/** What one action of IAM is judged by. */
export interface IamOperation {
  /** Its resource type; `none`: the action takes none, so that only `*` names it. */
  readonly on: EntityKind | "none";
  /** The request says what is made. Otherwise it names something that exists. */
  readonly creates?: true;
  /**
   * Whose boundary `iam:PermissionsBoundary` is: the one that the request sets, or the one that the
   * role has. Undefined: the action has no such key.
   */
  readonly boundary?: "requested" | "present";
  /** `iam:PolicyARN` is the policy that the request attaches or detaches. */
  readonly policyArn?: true;
  /**
   * Whether it takes tags (`aws:RequestTag`, `aws:TagKeys`) or names of tags (`aws:TagKeys` alone).
   */
  readonly tags?: "tags" | "keys";
}

type Entry = readonly [action: string, operation: IamOperation];

function all(
  on: IamOperation["on"],
  actions: readonly string[],
  rest: Omit<IamOperation, "on"> = {},
): readonly Entry[] {
  return actions.map((action) => [action, { on, ...rest }]);
}

/**
 * Actions on roles, managed policies and OIDC providers, and those without a resource (Service
 * Authorization Reference, "Actions, resources, and condition keys for AWS Identity and Access
 * Management (IAM)": the columns "Resource types" and "Condition keys"). Whose boundary is meant:
 * IAM User Guide, "Permissions boundaries for IAM entities", "Delegating responsibility to others
 * using permissions boundaries".
 */
export const IAM_OPERATIONS: ReadonlyMap<string, IamOperation> = new Map([
  ...all("role", ["CreateRole"], { creates: true, boundary: "requested", tags: "tags" }),
  ...all("role", ["PutRolePermissionsBoundary"], { boundary: "requested" }),
  ...all("role", ["AttachRolePolicy", "DetachRolePolicy"], { boundary: "present", policyArn: true }),
  ...all(
    "role",
    ["DeleteRole", "DeleteRolePermissionsBoundary", "DeleteRolePolicy", "GetRole", "PutRolePolicy"],
    {
      boundary: "present",
    },
  ),
  ...all("role", ["UpdateAssumeRolePolicy", "UpdateRole", "UpdateRoleDescription"], { boundary: "present" }),
  ...all("role", ["GetRolePolicy", "ListAttachedRolePolicies", "ListInstanceProfilesForRole"]),
  ...all("role", ["ListRolePolicies", "ListRoleTags"]),
  ...all("role", ["TagRole"], { tags: "tags" }),
  ...all("role", ["UntagRole"], { tags: "keys" }),
  ...all("policy", ["CreatePolicy"], { creates: true, tags: "tags" }),
  ...all("policy", ["CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "SetDefaultPolicyVersion"]),
  ...all("policy", [
    "GetPolicy",
    "GetPolicyVersion",
    "ListEntitiesForPolicy",
    "ListPolicyTags",
    "ListPolicyVersions",
  ]),
  ...all("policy", ["TagPolicy"], { tags: "tags" }),
  ...all("policy", ["UntagPolicy"], { tags: "keys" }),
  ...all("oidc-provider", ["CreateOpenIDConnectProvider"], { creates: true, tags: "tags" }),
  ...all("oidc-provider", ["AddClientIDToOpenIDConnectProvider", "RemoveClientIDFromOpenIDConnectProvider"]),
  ...all("oidc-provider", ["DeleteOpenIDConnectProvider", "UpdateOpenIDConnectProviderThumbprint"]),
  ...all("oidc-provider", ["GetOpenIDConnectProvider", "ListOpenIDConnectProviderTags"]),
  ...all("oidc-provider", ["TagOpenIDConnectProvider"], { tags: "tags" }),
  ...all("oidc-provider", ["UntagOpenIDConnectProvider"], { tags: "keys" }),
  ...all("none", ["GetAccountAuthorizationDetails", "GetAccountSummary", "ListAccountAliases", "ListGroups"]),
  ...all("none", [
    "ListInstanceProfiles",
    "ListOpenIDConnectProviders",
    "ListPolicies",
    "ListRoles",
    "ListUsers",
  ]),
]);
