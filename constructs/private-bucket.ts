import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import type { Bucket } from "../lib/access/model";
import { LIFECYCLE_RULE } from "../lib/bucket/settings";
import { printPolicy } from "../lib/iam/document";
import { writeTlsOnlyPolicy } from "../lib/iam/tls-only-policy";
import { terraformLiteral } from "./terraform-literal";

/** Parts of an upload that nobody finished cost money and serve nobody. */
const DAYS_TO_FINISH_AN_UPLOAD = 7;

export interface PrivateBucketProps extends Bucket {
  /** `aws`, `aws-cn`, … */
  readonly partition: string;
  /** Tags beside the provider's default ones. Default: none. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A bucket with all public access blocked, one owner, versions, encryption and TLS; protected unless `forceDestroy`. */
export class PrivateBucket extends Construct {
  /** The bucket's name, known to Terraform only after the bucket is there. */
  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const bucket = new S3Bucket(this, "Default", {
      bucket: props.name,
      forceDestroy: props.forceDestroy,
      // Not the resource of its own: docs/decisions/0009-lifecycle-rule.md.
      lifecycleRule: [
        {
          id: LIFECYCLE_RULE,
          enabled: true,
          prefix: "",
          noncurrentVersionExpiration: { days: props.keepVersionsDays },
          abortIncompleteMultipartUploadDays: DAYS_TO_FINISH_AN_UPLOAD,
        },
      ],
      ...(Object.keys(props.tags ?? {}).length === 0 ? {} : { tags: { ...props.tags } }),
      ...(props.forceDestroy ? {} : { lifecycle: { preventDestroy: true } }),
    });
    this.bucketName = bucket.bucket;
    const inBucket = { bucket: bucket.bucket };

    const publicAccess = new S3BucketPublicAccessBlock(this, "public_access", {
      ...inBucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", {
      ...inBucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketVersioningA(this, "versioning", {
      ...inBucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      ...inBucket,
      rule: [
        {
          applyServerSideEncryptionByDefault:
            props.kmsKey === undefined
              ? { sseAlgorithm: "AES256" }
              : { sseAlgorithm: "aws:kms", kmsMasterKeyId: props.kmsKey },
          bucketKeyEnabled: props.kmsKey !== undefined,
        },
      ],
    });
    new S3BucketPolicy(this, "tls_only", {
      ...inBucket,
      policy: terraformLiteral(printPolicy(writeTlsOnlyPolicy(props.name, props.partition))),
      // S3 answers OperationAborted when both change at once.
      dependsOn: [publicAccess],
    });
  }
}
