import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { oidc } from "../../command-name";
import type { Account } from "../../config/model/model";
import { ProjectError } from "../../errors";

/**
 * A lock as Terraform writes it beside the state (Terraform docs, backend "s3", `use_lockfile`).
 */
export interface StateLock {
  readonly id: string;
  readonly operation: string;
  /** `user@host` of the process that took it. */
  readonly who: string;
  /** RFC 3339. */
  readonly created: string;
  /** The lock object's ETag: only the lock that was shown is removed. */
  readonly etag: string;
}

/** Key of the lock object: Terraform adds `.tflock` to the state's key. */
function lockKey(stack: string): string {
  return `${stack}.tfstate.tflock`;
}

/**
 * The lock on a stack's state; undefined: it is not locked.
 * @throws ProjectError `unreadable-lock` if Terraform did not write the object;
 * `state-bucket-missing`, `state-bucket-refused`
 */
export async function readStateLock(
  s3: S3Client,
  account: Account,
  stack: string,
): Promise<StateLock | undefined> {
  try {
    const object = await s3.send(
      new GetObjectCommand({
        Bucket: account.stateBucket,
        Key: lockKey(stack),
        ExpectedBucketOwner: account.id,
      }),
    );
    return parseLock((await object.Body?.transformToString()) ?? "", object.ETag ?? "", stack);
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw explained(error, account);
  }
}

function explained(error: unknown, account: Account): unknown {
  if (!(error instanceof S3ServiceException)) return error;
  const found = account.stateBucket;
  if (error.name === "NoSuchBucket") {
    return new ProjectError({
      code: "state-bucket-missing",
      message: `bucket "${found}" does not exist, so account "${account.key}" has no Terraform state and no locks`,
      found,
      fix: `create it first: ${oidc("bootstrap", "--account", account.key)}`,
      cause: error,
    });
  }
  if (error.$metadata.httpStatusCode !== 403) return error;
  return new ProjectError({
    code: "state-bucket-refused",
    message: `S3 denied these credentials access to bucket "${found}"`,
    found,
    fix: "use credentials with s3:ListBucket, s3:GetObject and s3:DeleteObject on it; without s3:ListBucket S3 does not report a missing lock",
    cause: error,
  });
}

/** Removes exactly the lock that was read; a lock acquired later stays. */
export async function removeStateLock(
  s3: S3Client,
  account: Account,
  stack: string,
  lock: StateLock,
): Promise<void> {
  const current = await readStateLock(s3, account, stack);
  if (current === undefined) return;
  if (current.id !== lock.id) {
    throw new ProjectError({
      code: "lock-changed",
      message: `the lock on ${stack} has changed: ${current.who} acquired it at ${current.created}`,
      found: current.id,
      fix: "another run is using this stack: wait, then run unlock again",
    });
  }
  await s3.send(
    new DeleteObjectCommand({
      Bucket: account.stateBucket,
      Key: lockKey(stack),
      ExpectedBucketOwner: account.id,
      IfMatch: lock.etag,
    }),
  );
}

function parseLock(text: string, etag: string, stack: string): StateLock {
  const info = parseObject(text);
  const [id, operation, who, created] = [info.ID, info.Operation, info.Who, info.Created];
  if (
    typeof id !== "string" ||
    typeof operation !== "string" ||
    typeof who !== "string" ||
    typeof created !== "string"
  ) {
    throw new ProjectError({
      code: "unreadable-lock",
      message: `${lockKey(stack)} is not a Terraform lock`,
      found: text.slice(0, 200),
      fix: "inspect the object before you delete it",
    });
  }
  return { id, operation, who, created, etag };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
