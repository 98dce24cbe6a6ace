import { isDeepStrictEqual } from "node:util";
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { unlessUnset } from "../../aws/clients";
import type { Account } from "../../config/model/model";
import { LIFECYCLE_RULE } from "../../config/rules/bucket";
import { ProjectError } from "../../errors";
import { writeTlsOnlyPolicy } from "../../iam/write/buckets/tls-only-policy";

/**
 * Refuses a bucket whose existing settings its stack would replace: Terraform overwrites bucket
 * settings without reporting it. Nothing is changed.
 * @throws ProjectError `state-bucket-in-use` with those settings
 */
export async function refuseForeignSettings(s3: S3Client, account: Account): Promise<void> {
  const bucket = { Bucket: account.stateBucket, ExpectedBucketOwner: account.id };
  const [policy, lifecycle, encryption] = await Promise.all([
    unlessUnset("NoSuchBucketPolicy", s3.send(new GetBucketPolicyCommand(bucket))),
    unlessUnset("NoSuchLifecycleConfiguration", s3.send(new GetBucketLifecycleConfigurationCommand(bucket))),
    unlessUnset(
      "ServerSideEncryptionConfigurationNotFoundError",
      s3.send(new GetBucketEncryptionCommand(bucket)),
    ),
  ]);
  const foreign: string[] = [];
  if (policy?.Policy !== undefined && !isOurPolicy(policy.Policy, account)) foreign.push("a bucket policy");
  if (lifecycle?.Rules?.some(({ ID }) => ID !== LIFECYCLE_RULE) === true) foreign.push("lifecycle rules");
  const algorithms = encryption?.ServerSideEncryptionConfiguration?.Rules?.map(
    (rule) => rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
  );
  if (algorithms?.some((algorithm) => algorithm !== "AES256") === true)
    foreign.push("encryption with a KMS key");
  if (foreign.length === 0) return;
  throw new ProjectError({
    code: "state-bucket-in-use",
    message: `bucket "${account.stateBucket}" already exists, and its stack would replace ${foreign.join(", ")}`,
    found: foreign.join(", "),
    fix: `choose another name under accounts.${account.key}.state.bucket, or remove those settings from the bucket if they are not needed`,
  });
}

function isOurPolicy(text: string, account: Account): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(text), writeTlsOnlyPolicy(account.stateBucket, account.partition));
  } catch {
    return false;
  }
}
