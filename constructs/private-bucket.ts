import { S3Bucket, type S3BucketLifecycleRule } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import {
  S3BucketServerSideEncryptionConfigurationA,
  type S3BucketServerSideEncryptionConfigurationRuleA,
} from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import type { Bucket, BucketSetting } from "../lib/config/model/model";
import { DAYS_TO_FINISH_AN_UPLOAD, LIFECYCLE_RULE } from "../lib/config/rules/bucket";
import { printPolicy } from "../lib/iam/language/document";
import { writeTlsOnlyPolicy } from "../lib/iam/write/buckets/tls-only-policy";
import { taggingOf } from "./account-stack";
import { terraformLiteral } from "./terraform-literal";

export interface PrivateBucketProps extends Bucket {
  /** `aws`, `aws-cn`, … */
  readonly partition: string;
  /** Tags in addition to the provider's default tags. Default: none. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether the bucket has the provider's default tags. Default: true. */
  readonly defaultTags?: boolean;
}

/**
 * A bucket with public access blocked, bucket owner enforced, versioning, encryption and TLS only.
 * Protected from destruction unless `forceDestroy`.
 */
export class PrivateBucket extends Construct {
  /** The bucket's name, which Terraform knows after it has created the bucket. */
  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const isManaged = (setting: BucketSetting): boolean => !props.keep.includes(setting);
    const bucket = new S3Bucket(this, "Default", {
      bucket: props.name,
      forceDestroy: props.forceDestroy,
      // Not aws_s3_bucket_lifecycle_configuration: docs/decisions/0009-lifecycle-rule.md.
      ...(isManaged("lifecycle") ? { lifecycleRule: [lifecycleRule(props)] } : {}),
      ...(Object.keys(props.tags ?? {}).length === 0 ? {} : { tags: { ...props.tags } }),
      ...(props.forceDestroy ? {} : { lifecycle: { preventDestroy: true } }),
      ...taggingOf(this, { defaultTags: props.defaultTags ?? true }),
    });
    this.bucketName = bucket.bucket;
    const inBucket = { bucket: this.bucketName };

    const publicAccess = isManaged("publicAccess")
      ? [
          new S3BucketPublicAccessBlock(this, "public_access", {
            ...inBucket,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
          }),
        ]
      : [];
    if (isManaged("ownership")) {
      new S3BucketOwnershipControls(this, "ownership", {
        ...inBucket,
        rule: { objectOwnership: "BucketOwnerEnforced" },
      });
    }
    if (isManaged("versioning")) {
      new S3BucketVersioningA(this, "versioning", {
        ...inBucket,
        versioningConfiguration: { status: "Enabled" },
      });
    }
    if (isManaged("encryption")) {
      new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
        ...inBucket,
        rule: [encryptionRule(props)],
      });
    }
    if (!isManaged("policy")) return;
    new S3BucketPolicy(this, "tls_only", {
      ...inBucket,
      policy: terraformLiteral(printPolicy(writeTlsOnlyPolicy(props.name, props.partition))),
      // S3 answers OperationAborted when both change at once.
      dependsOn: publicAccess,
    });
  }
}

/**
 * The bucket's only lifecycle rule. With `expiration` in days, S3 also removes the delete markers
 * that are left when the last version is gone (S3 User Guide, "Expiring objects").
 */
function lifecycleRule({ keepVersionsDays, expireDays }: PrivateBucketProps): S3BucketLifecycleRule {
  return {
    id: LIFECYCLE_RULE,
    enabled: true,
    prefix: "",
    ...(expireDays === undefined ? {} : { expiration: { days: expireDays } }),
    noncurrentVersionExpiration: { days: keepVersionsDays },
    abortIncompleteMultipartUploadDays: DAYS_TO_FINISH_AN_UPLOAD,
  };
}

function encryptionRule({ kmsKey }: PrivateBucketProps): S3BucketServerSideEncryptionConfigurationRuleA {
  return {
    applyServerSideEncryptionByDefault:
      kmsKey === undefined ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKey },
    bucketKeyEnabled: kmsKey !== undefined,
  };
}
