import {
  BucketAlreadyExists,
  BucketAlreadyOwnedByYou,
  BucketLocationConstraint,
  CreateBucketCommand,
  type CreateBucketCommandInput,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { Account } from "../../config/model/model";
import { ProjectError } from "../../errors";
import { notOurs } from "../state/find-bucket";

/**
 * Creates the state bucket. S3 blocks public access and encrypts objects from the start (S3 User
 * Guide, "Default settings for new buckets"). A bucket that a concurrent run has created is not an
 * error.
 * @throws ProjectError `state-bucket-not-ours`, `unknown-region`
 */
export async function createStateBucket(s3: S3Client, account: Account): Promise<void> {
  try {
    await s3.send(
      new CreateBucketCommand({
        Bucket: account.stateBucket,
        ObjectOwnership: "BucketOwnerEnforced",
        ...location(account.region),
      }),
    );
  } catch (error) {
    if (error instanceof BucketAlreadyOwnedByYou) return;
    if (error instanceof BucketAlreadyExists) throw notOurs(account, error);
    throw error;
  }
}

/**
 * us-east-1 is the one region that must not be named (S3 API Reference, CreateBucket).
 * @throws ProjectError `unknown-region`: misspelt, or newer than this version of the SDK
 */
function location(region: string): Pick<CreateBucketCommandInput, "CreateBucketConfiguration"> {
  if (region === "us-east-1") return {};
  const known = Object.values(BucketLocationConstraint).find((value) => value === region);
  if (known === undefined) {
    throw new ProjectError({
      code: "unknown-region",
      message: `the AWS SDK does not know region "${region}"`,
      found: region,
      fix: "check the name of the region; for a new region, update @aws-sdk/client-s3",
    });
  }
  return { CreateBucketConfiguration: { LocationConstraint: known } };
}
