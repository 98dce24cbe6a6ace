import type { Account } from "../../../config/model/model";
import { oneOrMany, type PolicyStatement } from "../../language/document";
import type { Managed } from "./managed";

/**
 * What refreshing a bucket and its settings asks for: the provider's own list (AWS provider
 * 5.100.0, `aws_s3_bucket` and the resources of its settings), in the actions that S3 asks for each
 * call (Service Authorization Reference, Amazon S3). `HeadBucket` is `s3:ListBucket`.
 */
export const READ_BUCKET_ACTIONS = [
  "s3:GetAccelerateConfiguration",
  "s3:GetBucketAcl",
  "s3:GetBucketCORS",
  "s3:GetBucketLogging",
  "s3:GetBucketObjectLockConfiguration",
  "s3:GetBucketOwnershipControls",
  "s3:GetBucketPolicy",
  "s3:GetBucketPublicAccessBlock",
  "s3:GetBucketRequestPayment",
  "s3:GetBucketTagging",
  "s3:GetBucketVersioning",
  "s3:GetBucketWebsite",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
] as const;

/** What refreshing a role, its inline policies and its attachments asks for. */
export const READ_ROLE_ACTIONS = [
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListAttachedRolePolicies",
  "iam:ListRolePolicies",
] as const;

/**
 * Everything that planning without a lock reads, on exactly what the file has: roles, provider,
 * boundary, bucket settings, states and their key. Of the objects in buckets, states alone.
 */
export function readStatements(
  managed: Managed,
  { boundary, stateEncryption }: Account,
): readonly PolicyStatement[] {
  const statements: PolicyStatement[] = [
    {
      Sid: "ReadRoles",
      Effect: "Allow",
      Action: READ_ROLE_ACTIONS,
      Resource: oneOrMany([...managed.roles, ...managed.pipelineRoles]),
    },
    {
      Sid: "ReadProvider",
      Effect: "Allow",
      Action: "iam:GetOpenIDConnectProvider",
      Resource: oneOrMany(managed.providers),
    },
    {
      Sid: "ReadBucketSettings",
      Effect: "Allow",
      Action: READ_BUCKET_ACTIONS,
      Resource: oneOrMany([managed.stateBucket, ...managed.buckets]),
    },
    {
      Sid: "ReadStates",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: oneOrMany([...managed.states, ...managed.administratorStates]),
    },
  ];
  if (stateEncryption?.keyProvider === "aws_kms") {
    // OpenTofu generates a key in every run, also where it writes nothing
    // (`internal/encryption/keyprovider/aws_kms/provider.go`).
    statements.push({
      Sid: "UseStateKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: stateEncryption.kmsKey,
    });
  }
  if (boundary?.from === "computed") {
    statements.push({
      Sid: "ReadBoundary",
      Effect: "Allow",
      Action: ["iam:GetPolicy", "iam:GetPolicyVersion"],
      Resource: boundary.arn,
    });
  }
  return statements;
}
