import { knownActions } from "../../iam/data/actions";

/** Services whose prefix in policies is not the first label of their event source. */
const PREFIXES: Readonly<Record<string, string>> = {
  email: "ses",
  monitoring: "cloudwatch",
  tagging: "tag",
};

/**
 * Events with another name than the action that they need, or with several. Sources: Service
 * Authorization Reference of each service; Amazon S3 User Guide, "Required permissions for Amazon
 * S3 API operations"; AWS Secrets Manager User Guide, "BatchGetSecretValue".
 */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  "cloudfront:CreateDistributionWithTags": ["CreateDistribution", "TagResource"],
  "kms:ReEncrypt": ["ReEncryptFrom", "ReEncryptTo"],
  "lambda:Invoke": ["InvokeFunction"],
  "secretsmanager:BatchGetSecretValue": ["BatchGetSecretValue", "GetSecretValue"],
  "s3:CompleteMultipartUpload": ["PutObject"],
  "s3:CopyObject": ["PutObject", "GetObject"],
  "s3:CreateMultipartUpload": ["PutObject"],
  "s3:DeleteBucketCors": ["PutBucketCORS"],
  "s3:DeleteBucketEncryption": ["PutEncryptionConfiguration"],
  "s3:DeleteBucketLifecycle": ["PutLifecycleConfiguration"],
  "s3:DeleteBucketOwnershipControls": ["PutBucketOwnershipControls"],
  "s3:DeleteBucketPublicAccessBlock": ["PutBucketPublicAccessBlock"],
  "s3:DeleteBucketReplication": ["PutReplicationConfiguration"],
  "s3:DeleteBucketTagging": ["PutBucketTagging"],
  "s3:DeleteObjects": ["DeleteObject"],
  "s3:DeletePublicAccessBlock": ["PutBucketPublicAccessBlock"],
  "s3:GetBucketCors": ["GetBucketCORS"],
  "s3:GetBucketEncryption": ["GetEncryptionConfiguration"],
  "s3:GetBucketLifecycle": ["GetLifecycleConfiguration"],
  "s3:GetBucketLifecycleConfiguration": ["GetLifecycleConfiguration"],
  "s3:GetBucketReplication": ["GetReplicationConfiguration"],
  "s3:GetObjectLockConfiguration": ["GetBucketObjectLockConfiguration"],
  "s3:GetPublicAccessBlock": ["GetBucketPublicAccessBlock"],
  "s3:HeadBucket": ["ListBucket"],
  "s3:HeadObject": ["GetObject"],
  "s3:ListBuckets": ["ListAllMyBuckets"],
  "s3:ListMultipartUploads": ["ListBucketMultipartUploads"],
  "s3:ListObjects": ["ListBucket"],
  "s3:ListObjectsV2": ["ListBucket"],
  "s3:ListObjectVersions": ["ListBucketVersions"],
  "s3:ListParts": ["ListMultipartUploadParts"],
  "s3:PutBucketCors": ["PutBucketCORS"],
  "s3:PutBucketEncryption": ["PutEncryptionConfiguration"],
  "s3:PutBucketLifecycle": ["PutLifecycleConfiguration"],
  "s3:PutBucketLifecycleConfiguration": ["PutLifecycleConfiguration"],
  "s3:PutBucketReplication": ["PutReplicationConfiguration"],
  "s3:PutObjectLockConfiguration": ["PutBucketObjectLockConfiguration"],
  "s3:PutPublicAccessBlock": ["PutBucketPublicAccessBlock"],
  "s3:UploadPart": ["PutObject"],
  "s3:UploadPartCopy": ["PutObject", "GetObject"],
};

/**
 * The IAM actions that a call needs, as the Service Authorization Reference names them. Empty: none
 * is needed (STS API Reference, GetCallerIdentity). Undefined: this version does not know.
 * @param source `s3.amazonaws.com`
 * @param name the event's, which ends in a version in some services: `UpdateFunctionCode20150331v2`
 */
export function actionsOfEvent(source: string, name: string): readonly string[] | undefined {
  const service = serviceOf(source);
  if (service === "sts" && name === "GetCallerIdentity") return [];
  const known = knownActions().namesOf(service);
  if (known === undefined) return undefined;
  const plain = name.replace(/\d{4}_\d{2}_\d{2}$|\d{8}(?:v\d+)?$/, "");
  const names = OTHER_NAMES[`${service}:${plain}`] ?? [plain];
  const found = names.map((one) => known.find((action) => action.toLowerCase() === one.toLowerCase()));
  return found.some((one) => one === undefined)
    ? undefined
    : found.flatMap((one) => (one === undefined ? [] : [`${service}:${one}`]));
}

/** The prefix that policies write for a service. */
export function serviceOf(source: string): string {
  const label = source.replace(/\.amazonaws\.com(?:\.cn)?$/, "").toLowerCase();
  return PREFIXES[label] ?? label;
}
