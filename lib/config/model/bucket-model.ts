import type { BucketSetting } from "../rules/bucket";
import type { Account, ResourceOptions } from "./account-model";

export interface Bucket {
  readonly name: string;
  /** ARN of a KMS key in the bucket's region. Undefined: SSE-S3. */
  readonly kmsKey?: string;
  /** Days until S3 deletes noncurrent versions, 1-3,650. */
  readonly keepVersionsDays: number;
  /** Days until S3 deletes current objects, 1-3,650. Undefined: never. */
  readonly expireDays?: number;
  /** True: Terraform may destroy the bucket with all of its objects. False: it is protected. */
  readonly forceDestroy: boolean;
  /** Settings that this project does not manage; sorted. */
  readonly keep: readonly BucketSetting[];
}

/** A bucket of a project, not of a role. The policies of the roles grant access to it. */
export interface ProjectBucket extends Bucket, Pick<ResourceOptions, "defaultTags"> {
  readonly key: string;
  readonly account: Account;
  /** Sorted by key. */
  readonly awsTags: Readonly<Record<string, string>>;
}
