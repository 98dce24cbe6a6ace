import { type AccessPolicies, compileAccess } from "../../../../lib/iam/evaluate/access";
import { type Caller, type KeyState, requestKeys } from "../../../../lib/iam/evaluate/request";
import { type PolicyDocument, printPolicy } from "../../../../lib/iam/language/document";
import type { Policy } from "../../../../lib/iam/language/policy";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";

const ACCOUNT = "123456789012";
const caller: Caller = {
  type: "AWS",
  account: ACCOUNT,
  role: `arn:aws:iam::${ACCOUNT}:role/x`,
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/x/session`,
};

export type Keys = readonly (readonly [key: string, value: string | KeyState])[];
type Verdict = (action: string, resource: string, keys?: Keys) => "allowed" | "denied" | "unknown";

/**
 * Decides calls by identity policies, within a boundary if there is one. What is not said of a
 * request is open.
 */
export function verdictsOf(identity: readonly PolicyDocument[], boundary?: PolicyDocument): Verdict {
  const policies: AccessPolicies = {
    identity: identity.map(read),
    ...(boundary === undefined ? {} : { boundary: read(boundary) }),
  };
  const decide = compileAccess(policies, caller);
  return (action, resource, keys = []) =>
    decide({ action, resource, keys: requestKeys(keys, "open") }).verdict;
}

function read(document: PolicyDocument): Policy {
  return parsePolicy(printPolicy(document));
}

/**
 * Every kind of change of IAM that gives or takes rights (Service Authorization Reference, AWS
 * IAM), and looking.
 */
export const IAM_ACTIONS = [
  ...["AddUserToGroup", "AttachGroupPolicy", "AttachRolePolicy", "AttachUserPolicy", "ChangePassword"],
  ...[
    "CreateAccessKey",
    "CreateGroup",
    "CreateInstanceProfile",
    "CreateLoginProfile",
    "CreateOpenIDConnectProvider",
  ],
  ...[
    "CreatePolicy",
    "CreatePolicyVersion",
    "CreateRole",
    "CreateSAMLProvider",
    "CreateServiceLinkedRole",
    "CreateUser",
  ],
  ...["DeleteOpenIDConnectProvider", "DeletePolicy", "DeletePolicyVersion", "DeleteRole"],
  ...["DeleteRolePermissionsBoundary", "DeleteRolePolicy", "DetachRolePolicy", "PassRole"],
  ...["PutRolePermissionsBoundary", "PutRolePolicy", "PutUserPolicy", "SetDefaultPolicyVersion", "TagPolicy"],
  ...[
    "TagRole",
    "UntagRole",
    "UpdateAssumeRolePolicy",
    "UpdateOpenIDConnectProviderThumbprint",
    "UpdateRole",
  ],
  ...["UpdateRoleDescription", "GetRole", "GetRolePolicy", "ListRolePolicies", "GetPolicyVersion", "GetUser"],
].map((action) => `iam:${action}`);

export const S3_ACTIONS = [
  ...[
    "CreateBucket",
    "DeleteBucket",
    "DeleteBucketPolicy",
    "DeleteObject",
    "DeleteObjectVersion",
    "GetBucketAcl",
  ],
  ...[
    "GetBucketPolicy",
    "GetObject",
    "GetObjectVersion",
    "ListAllMyBuckets",
    "ListBucket",
    "ListBucketVersions",
  ],
  ...[
    "PutBucketAcl",
    "PutBucketPolicy",
    "PutBucketPublicAccessBlock",
    "PutBucketTagging",
    "PutBucketVersioning",
  ],
  ...[
    "PutEncryptionConfiguration",
    "PutLifecycleConfiguration",
    "PutObject",
    "PutObjectAcl",
    "PutReplicationConfiguration",
  ],
].map((action) => `s3:${action}`);
