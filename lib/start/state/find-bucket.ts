import { HeadBucketCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { Account } from "../../config/model/model";
import { ProjectError } from "../../errors";

/**
 * Whether the account's state bucket is there.
 * @throws ProjectError `state-bucket-not-ours`, `state-bucket-elsewhere`, `state-bucket-unreadable`
 */
export async function findStateBucket(s3: S3Client, account: Account): Promise<"absent" | "present"> {
  try {
    const { BucketRegion: region } = await s3.send(
      new HeadBucketCommand({ Bucket: account.stateBucket, ExpectedBucketOwner: account.id }),
    );
    if (region !== undefined && region !== account.region) throw elsewhere(account, region);
    return "present";
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    const status = error.$metadata.httpStatusCode;
    if (status === 404) return "absent";
    if (status === 301)
      throw elsewhere(account, error.$response?.headers["x-amz-bucket-region"] ?? "another region");
    if (status === 403) throw notOurs(account, error);
    throw new ProjectError({
      code: "state-bucket-unreadable",
      message: `S3 does not say whether bucket "${account.stateBucket}" exists: ${error.name} (HTTP ${status ?? "?"})`,
      found: error.name,
      fix: "try again; if it stays, check the connection and the caller's permission s3:ListBucket",
      cause: error,
    });
  }
}

/** S3 answers 403 alike for a stranger's bucket and for a missing permission. */
export function notOurs(account: Account, cause: unknown): ProjectError {
  return new ProjectError({
    code: "state-bucket-not-ours",
    message: `bucket "${account.stateBucket}" belongs to somebody other than account ${account.id}, or the caller may not use it`,
    found: account.stateBucket,
    fix: `choose another name under accounts.${account.key}.state.bucket (names are shared by all of AWS), or give the caller s3:ListBucket on it`,
    cause,
  });
}

function elsewhere(account: Account, region: string): ProjectError {
  return new ProjectError({
    code: "state-bucket-elsewhere",
    message: `bucket "${account.stateBucket}" is in ${region}, not in ${account.region}`,
    found: region,
    fix: `set accounts.${account.key}.region to ${region}, or choose another bucket name`,
  });
}
