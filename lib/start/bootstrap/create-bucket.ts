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
 * The one call that brings the state bucket to life. S3 blocks public access and encrypts from the
 * first moment (S3 User Guide, "Default settings for new buckets"). A second run that comes first
 * is no error.
 * @throws ProjectError `state-bucket-not-ours`
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
 * @throws ProjectError `unknown-region`: a region that came after this version of the SDK, or none
 * at all
 */
function location(region: string): Pick<CreateBucketCommandInput, "CreateBucketConfiguration"> {
  if (region === "us-east-1") return {};
  const known = Object.values(BucketLocationConstraint).find((value) => value === region);
  if (known === undefined) {
    throw new ProjectError({
      code: "unknown-region",
      message: `the AWS SDK in this project does not know a region "${region}"`,
      found: region,
      fix: "check the region's name, or update @aws-sdk/client-s3 if it is a new one",
    });
  }
  return { CreateBucketConfiguration: { LocationConstraint: known } };
}
