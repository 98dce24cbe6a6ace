import {
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { Account } from "../../config/model/model";
import { printPolicy } from "../../iam/language/document";
import { writeTlsOnlyPolicy } from "../../iam/write/buckets/tls-only-policy";

/**
 * Applies the settings that the bucket's stack declares (constructs/private-bucket), before the
 * first state is written to it. Each call sets the desired value, so a repeated or interrupted run
 * ends in the same state.
 */
export async function hardenStateBucket(s3: S3Client, account: Account): Promise<void> {
  const bucket = { Bucket: account.stateBucket, ExpectedBucketOwner: account.id };
  await s3.send(
    new PutPublicAccessBlockCommand({
      ...bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
  await s3.send(
    new PutBucketOwnershipControlsCommand({
      ...bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    }),
  );
  await s3.send(
    new PutBucketEncryptionCommand({
      ...bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false }],
      },
    }),
  );
  await s3.send(
    new PutBucketVersioningCommand({ ...bucket, VersioningConfiguration: { Status: "Enabled" } }),
  );
  await s3.send(
    new PutBucketPolicyCommand({
      ...bucket,
      Policy: printPolicy(writeTlsOnlyPolicy(account.stateBucket, account.partition)),
    }),
  );
}
