import type { BucketSetting } from "../../config/model/model";
import { printPolicy } from "../../iam/language/document";
import { writeTlsOnlyPolicy } from "../../iam/write/buckets/tls-only-policy";
import type { BucketAccess } from "../read/account-as-it-is";
import type { LiveResource } from "./live-resource";

/**
 * A bucket that access.yaml declares, and where in Terraform it is (constructs/private-bucket.ts).
 */
export interface DeclaredBucket {
  readonly stack: string;
  /** Its name in Terraform. */
  readonly id: string;
  readonly bucket: string;
  readonly partition: string;
  /** Settings that this project does not manage. */
  readonly keep: readonly BucketSetting[];
}

/** What access.yaml declares of every bucket. */
export function declaredSettings({ bucket, partition }: DeclaredBucket): BucketAccess {
  return {
    publicAccess: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    ownership: "BucketOwnerEnforced",
    policy: printPolicy(writeTlsOnlyPolicy(bucket, partition)),
  };
}

/**
 * The bucket with these settings as Terraform's resources.
 * @param settings undefined: there is none
 */
export function bucketResources(
  { stack, id, bucket, keep }: DeclaredBucket,
  settings: BucketAccess | undefined,
): readonly LiveResource[] {
  if (settings === undefined) return [];
  const { publicAccess, ownership, policy } = settings;
  const isManaged = (setting: BucketSetting): boolean => !keep.includes(setting);
  const part = (type: string, suffix: string, values: LiveResource["values"]): LiveResource => ({
    stack,
    type,
    name: `${id}${suffix}`,
    values: { bucket, ...values },
  });
  return [
    part("aws_s3_bucket", "", {}),
    ...(isManaged("publicAccess") && publicAccess !== undefined
      ? [
          part("aws_s3_bucket_public_access_block", "_public_access", {
            block_public_acls: publicAccess.blockPublicAcls,
            block_public_policy: publicAccess.blockPublicPolicy,
            ignore_public_acls: publicAccess.ignorePublicAcls,
            restrict_public_buckets: publicAccess.restrictPublicBuckets,
          }),
        ]
      : []),
    ...(isManaged("ownership") && ownership !== undefined
      ? [
          part("aws_s3_bucket_ownership_controls", "_ownership", {
            rule: [{ object_ownership: ownership }],
          }),
        ]
      : []),
    ...(isManaged("policy") && policy !== undefined
      ? [part("aws_s3_bucket_policy", "_tls_only", { policy })]
      : []),
  ];
}
