/**
 * Every call to AWS that `adopt` makes, with the permission that it requires (Service Authorization
 * Reference, AWS IAM, Amazon S3, AWS STS). All of them read. The clients accept no other call
 * (read-clients.ts), and the printed policy is generated from this table.
 */
export const READ_CALLS = {
  GetCallerIdentityCommand: "sts:GetCallerIdentity",
  ListOpenIDConnectProvidersCommand: "iam:ListOpenIDConnectProviders",
  GetOpenIDConnectProviderCommand: "iam:GetOpenIDConnectProvider",
  GetAccountAuthorizationDetailsCommand: "iam:GetAccountAuthorizationDetails",
  GetRoleCommand: "iam:GetRole",
  HeadBucketCommand: "s3:ListBucket",
  GetPublicAccessBlockCommand: "s3:GetBucketPublicAccessBlock",
  GetBucketOwnershipControlsCommand: "s3:GetBucketOwnershipControls",
  GetBucketVersioningCommand: "s3:GetBucketVersioning",
  GetBucketEncryptionCommand: "s3:GetEncryptionConfiguration",
  GetBucketPolicyCommand: "s3:GetBucketPolicy",
  GetBucketLifecycleConfigurationCommand: "s3:GetLifecycleConfiguration",
  GetBucketTaggingCommand: "s3:GetBucketTagging",
  GetBucketWebsiteCommand: "s3:GetBucketWebsite",
  GetBucketCorsCommand: "s3:GetBucketCORS",
  GetBucketNotificationConfigurationCommand: "s3:GetBucketNotification",
  GetBucketReplicationCommand: "s3:GetReplicationConfiguration",
  GetBucketAclCommand: "s3:GetBucketAcl",
  GetObjectLockConfigurationCommand: "s3:GetBucketObjectLockConfiguration",
  GetBucketLoggingCommand: "s3:GetBucketLogging",
  GetBucketAccelerateConfigurationCommand: "s3:GetAccelerateConfiguration",
  GetBucketRequestPaymentCommand: "s3:GetBucketRequestPayment",
  ListObjectsV2Command: "s3:ListBucket",
  GetObjectCommand: "s3:GetObject",
} as const;

export type ReadCall = keyof typeof READ_CALLS;

export function isReadCall(name: string): name is ReadCall {
  return Object.hasOwn(READ_CALLS, name);
}

/** The required permissions, sorted, without `sts:GetCallerIdentity`, which needs none. */
export const READ_ACTIONS: readonly string[] = [...new Set<string>(Object.values(READ_CALLS))]
  .filter((action) => !action.startsWith("sts:") && action !== "s3:GetObject")
  .sort();

/**
 * The least-privilege policy for the caller of `adopt`. Objects are read only in the state bucket.
 * @param stateBucket ARN of the account's state bucket
 */
export function readPolicyDocument(stateBucket: string): object {
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "AdoptReads", Effect: "Allow", Action: READ_ACTIONS, Resource: "*" },
      {
        Sid: "AdoptReadsStates",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: `${stateBucket}/*.tfstate`,
      },
    ],
  };
}
