import type { EntityKind } from "../account/entity";

/** How one IAM action is authorized. */
export interface IamOperation {
  /** Resource type. `none`: the action has no resource, so only `*` matches it. */
  readonly on: EntityKind | "none";
  /** The action creates the resource that the request describes. Otherwise the resource exists. */
  readonly creates?: true;
  /**
   * The value of `iam:PermissionsBoundary`: the boundary in the request, or the current boundary of
   * the role. Undefined: the action does not support the key.
   */
  readonly boundary?: "requested" | "present";
  /** The action supports `iam:PolicyARN`: the policy to attach or detach. */
  readonly policyArn?: true;
  /**
   * Whether the action accepts tags (`aws:RequestTag`, `aws:TagKeys`) or tag keys (`aws:TagKeys`
   * only).
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
 * Actions on roles, managed policies and OIDC providers, and actions without a resource (Service
 * Authorization Reference, "Actions, resources, and condition keys for AWS Identity and Access
 * Management (IAM)", columns "Resource types" and "Condition keys"). For the boundary: IAM User
 * Guide, "Permissions boundaries for IAM entities", "Delegating responsibility to others using
 * permissions boundaries".
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
