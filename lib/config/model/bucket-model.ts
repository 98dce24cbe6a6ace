import type { BucketSetting } from "../rules/bucket";
import type { Account, ResourceOptions } from "./account-model";

export interface Bucket {
  readonly name: string;
  /** ARN of a KMS key in the bucket's region; without it S3's own key (SSE-S3) is used. */
  readonly kmsKey?: string;
  /** Days that old versions of objects are kept, 1-3,650. */
  readonly keepVersionsDays: number;
  /** True: Terraform may destroy the bucket with all that is in it. False: it is protected. */
  readonly forceDestroy: boolean;
  /** Settings that stay in AWS as they are, unmanaged; sorted. */
  readonly keep: readonly BucketSetting[];
}

/** A bucket of a project. Who may use it is said in the roles' own policies. */
export interface ProjectBucket extends Bucket, Pick<ResourceOptions, "defaultTags"> {
  readonly key: string;
  readonly account: Account;
  /** Sorted by key. */
  readonly awsTags: Readonly<Record<string, string>>;
}
