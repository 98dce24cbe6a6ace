import { HeadBucketCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { Account } from "../../config/model/model";
import { ProjectError } from "../../errors";

/**
 * Whether the account's state bucket exists.
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
      message: `cannot tell whether bucket "${account.stateBucket}" exists: S3 answered ${error.name} (HTTP ${status ?? "?"})`,
      found: error.name,
      fix: "try again; if the error persists, check the network connection and the caller's permission s3:ListBucket",
      cause: error,
    });
  }
}

/** S3 answers 403 both for another account's bucket and for a missing permission. */
export function notOurs(account: Account, cause: unknown): ProjectError {
  return new ProjectError({
    code: "state-bucket-not-ours",
    message: `bucket "${account.stateBucket}" belongs to an account other than ${account.id}, or the caller lacks s3:ListBucket on it`,
    found: account.stateBucket,
    fix: `choose another name under accounts.${account.key}.state.bucket (bucket names are unique across AWS), or grant the caller s3:ListBucket on it`,
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
