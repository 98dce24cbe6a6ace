import { oneOrMany, type PolicyStatement } from "../../language/document";
import type { Managed } from "./managed";

type Resources = readonly string[];

/** Actions without the condition key `iam:PermissionsBoundary`. They grant no permissions. */
const TAG_ROLE_ACTIONS = ["iam:ListInstanceProfilesForRole", "iam:TagRole", "iam:UntagRole"] as const;

/**
 * Changes of a role, each of which is told the boundary that the role has or, by the first and the
 * fifth, is to have (Service Authorization Reference, AWS IAM, `iam:PermissionsBoundary`). A role
 * without it is an administrator's.
 */
export const CHANGE_ROLE_ACTIONS = [
  "iam:CreateRole",
  "iam:DeleteRole",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
] as const;

export const CHANGE_BUCKET_ACTIONS = [
  "s3:CreateBucket",
  "s3:DeleteBucket",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketOwnershipControls",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutBucketTagging",
  "s3:PutBucketVersioning",
  "s3:PutEncryptionConfiguration",
  "s3:PutLifecycleConfiguration",
] as const;

/**
 * What deploying writes: roles within the boundary, the provider's audiences and tags, buckets and
 * their settings, and states.
 */
export function changeStatements(managed: Managed): readonly PolicyStatement[] {
  const { boundary } = managed;
  // An account with a role that applies always has one; without it nothing about roles may change.
  if (boundary === undefined) throw new Error("a role that applies needs the account's boundary");
  const inBoundary = { StringEquals: { "iam:PermissionsBoundary": boundary } };
  return [
    ...allow("TagRoles", TAG_ROLE_ACTIONS, managed.roles),
    ...allow("ChangeRolesWithinBoundary", CHANGE_ROLE_ACTIONS, managed.roles, inBoundary),
    ...(managed.policies.length === 0
      ? []
      : allow("AttachWithinBoundary", ["iam:AttachRolePolicy"], managed.roles, {
          ...inBoundary,
          ArnEquals: { "iam:PolicyARN": oneOrMany(managed.policies) },
        })),
    ...allow(
      "ChangeProvider",
      [
        "iam:AddClientIDToOpenIDConnectProvider",
        "iam:RemoveClientIDFromOpenIDConnectProvider",
        "iam:TagOpenIDConnectProvider",
        "iam:UntagOpenIDConnectProvider",
      ],
      managed.providers,
    ),
    ...allow("ChangeBuckets", CHANGE_BUCKET_ACTIONS, managed.buckets),
    ...allow("EmptyExpendableBuckets", ["s3:ListBucketVersions"], managed.expendableBuckets),
    ...allow(
      "DeleteObjectsInThem",
      ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      managed.expendableBuckets.map((arn) => `${arn}/*`),
    ),
    ...allow("WriteStates", ["s3:PutObject"], managed.states),
    ...allow(
      "LockStates",
      ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      [...managed.states, ...managed.administratorStates].map((state) => `${state}.tflock`),
    ),
  ];
}

/**
 * Reserved for administrators: the roles that run Terraform, the boundary, and removing a boundary.
 * Reading them is allowed.
 */
export function denyStatements(managed: Managed): readonly PolicyStatement[] {
  const { boundary } = managed;
  return [
    {
      Sid: "NeverThePipelineItself",
      Effect: "Deny",
      NotAction: ["iam:Get*", "iam:List*"],
      Resource: [...managed.pipelineRoles, ...(boundary === undefined ? [] : [boundary])],
    },
    {
      Sid: "NeverWithoutBoundary",
      Effect: "Deny",
      Action: "iam:DeleteRolePermissionsBoundary",
      Resource: "*",
    },
  ];
}

function allow(
  Sid: string,
  actions: readonly string[],
  resources: Resources,
  condition?: PolicyStatement["Condition"],
): readonly PolicyStatement[] {
  if (resources.length === 0) return [];
  return [
    {
      Sid,
      Effect: "Allow",
      Action: oneOrMany(actions),
      Resource: oneOrMany(resources),
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ];
}
