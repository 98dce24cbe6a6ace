import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type S3Client,
  type LifecycleRule as S3Rule,
} from "@aws-sdk/client-s3";
import { DAYS_TO_FINISH_AN_UPLOAD } from "../../config/rules/bucket";
import { type BucketSettings, type LifecycleRule, type Tags, tagsOf } from "../inventory/inventory";
import type { AwsReader } from "./aws-reader";

export interface Named {
  readonly Bucket: string;
  readonly ExpectedBucketOwner: string;
}

/**
 * The settings of a bucket that this project manages. A refused call is recorded by the reader, and
 * its setting is reported as unset.
 */
export async function readSettings(
  s3: S3Client,
  bucket: Named,
  reader: AwsReader,
): Promise<BucketSettings & { readonly tags: Tags }> {
  const name = bucket.Bucket;
  const [access, versioning, encryption, lifecycle, tagging] = await Promise.all([
    readAccessSettings(s3, bucket, reader),
    reader.read("GetBucketVersioningCommand", name, s3.send(new GetBucketVersioningCommand(bucket))),
    reader.read("GetBucketEncryptionCommand", name, s3.send(new GetBucketEncryptionCommand(bucket)), [
      "ServerSideEncryptionConfigurationNotFoundError",
    ]),
    reader.read(
      "GetBucketLifecycleConfigurationCommand",
      name,
      s3.send(new GetBucketLifecycleConfigurationCommand(bucket)),
      ["NoSuchLifecycleConfiguration"],
    ),
    reader.read("GetBucketTaggingCommand", name, s3.send(new GetBucketTaggingCommand(bucket)), [
      "NoSuchTagSet",
    ]),
  ]);
  const [rule] = shown(encryption)?.ServerSideEncryptionConfiguration?.Rules ?? [];
  const byDefault = rule?.ApplyServerSideEncryptionByDefault;
  const status = shown(versioning)?.Status;
  return {
    ...access,
    ...(status === undefined ? {} : { versioning: status }),
    ...(byDefault?.SSEAlgorithm === undefined
      ? {}
      : {
          encryption: {
            algorithm: byDefault.SSEAlgorithm,
            ...(byDefault.KMSMasterKeyID === undefined ? {} : { kmsKey: byDefault.KMSMasterKeyID }),
            bucketKey: rule?.BucketKeyEnabled === true,
          },
        }),
    lifecycle: (shown(lifecycle)?.Rules ?? []).map(ruleOf),
    tags: tagsOf(shown(tagging)?.TagSet),
  };
}

/** The settings that decide who gets in: public access block, ownership and policy; likewise. */
export async function readAccessSettings(
  s3: S3Client,
  bucket: Named,
  reader: AwsReader,
): Promise<Pick<BucketSettings, "publicAccess" | "ownership" | "policy">> {
  const name = bucket.Bucket;
  const [publicAccess, ownership, policy] = await Promise.all([
    reader.read("GetPublicAccessBlockCommand", name, s3.send(new GetPublicAccessBlockCommand(bucket)), [
      "NoSuchPublicAccessBlockConfiguration",
    ]),
    reader.read(
      "GetBucketOwnershipControlsCommand",
      name,
      s3.send(new GetBucketOwnershipControlsCommand(bucket)),
      ["OwnershipControlsNotFoundError"],
    ),
    reader.read("GetBucketPolicyCommand", name, s3.send(new GetBucketPolicyCommand(bucket)), [
      "NoSuchBucketPolicy",
    ]),
  ]);
  const block = shown(publicAccess)?.PublicAccessBlockConfiguration;
  const [owner] = shown(ownership)?.OwnershipControls?.Rules ?? [];
  const text = shown(policy)?.Policy;
  return {
    ...(block === undefined
      ? {}
      : {
          publicAccess: {
            blockPublicAcls: block.BlockPublicAcls === true,
            blockPublicPolicy: block.BlockPublicPolicy === true,
            ignorePublicAcls: block.IgnorePublicAcls === true,
            restrictPublicBuckets: block.RestrictPublicBuckets === true,
          },
        }),
    ...(owner?.ObjectOwnership === undefined ? {} : { ownership: owner.ObjectOwnership }),
    ...(text === undefined ? {} : { policy: text }),
  };
}

function shown<T>(answer: T | "unset" | undefined): T | undefined {
  return answer === "unset" ? undefined : answer;
}

/** Days are set only for a rule that does exactly what this project's rule does. */
export function ruleOf(rule: S3Rule): LifecycleRule {
  const days = rule.NoncurrentVersionExpiration?.NoncurrentDays;
  const expires = daysOf(rule.Expiration);
  const doesThat =
    days !== undefined &&
    rule.NoncurrentVersionExpiration?.NewerNoncurrentVersions === undefined &&
    rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation === DAYS_TO_FINISH_AN_UPLOAD &&
    (rule.Expiration === undefined || expires !== undefined) &&
    (rule.Transitions ?? []).length + (rule.NoncurrentVersionTransitions ?? []).length === 0 &&
    isForAll(rule);
  return {
    ...(rule.ID === undefined ? {} : { id: rule.ID }),
    enabled: rule.Status === "Enabled",
    ...(doesThat ? { keepsVersionsDays: days } : {}),
    ...(doesThat && expires !== undefined ? { expiresDays: expires } : {}),
  };
}

/** The days of an expiration that has only days. */
function daysOf(expiration: S3Rule["Expiration"]): number | undefined {
  const { Days: days, Date: date, ExpiredObjectDeleteMarker: marker = false } = expiration ?? {};
  return date === undefined && !marker ? days : undefined;
}

function isForAll({ Filter: filter, Prefix: prefix }: S3Rule): boolean {
  if (filter === undefined) return (prefix ?? "") === "";
  const { Prefix: within, ...others } = filter;
  return (within ?? "") === "" && Object.values(others).every((one) => one === undefined);
}
