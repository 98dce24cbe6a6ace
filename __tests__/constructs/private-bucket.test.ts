import { PrivateBucket, type PrivateBucketProps } from "../../constructs/private-bucket";
import { aBucket } from "../fixtures/access";
import { resourcesOf } from "./declare";

function resources(differences: Partial<PrivateBucketProps> = {}): unknown {
  return resourcesOf(
    (stack) => new PrivateBucket(stack, "files", { ...aBucket(), partition: "aws", ...differences }),
  );
}

const BUCKET = "${aws_s3_bucket.files.bucket}";

const expireOldVersions = {
  id: "expire-old-versions",
  enabled: true,
  prefix: "",
  noncurrent_version_expiration: { days: 30 },
  abort_incomplete_multipart_upload_days: 7,
};
const bucket = { bucket: "acme-website", force_destroy: false, lifecycle_rule: [expireOldVersions] };

/** The bucket of the fixture, whole: what else a test expects replaces what is here. */
const protectedBucket = {
  aws_s3_bucket: { files: { ...bucket, lifecycle: { prevent_destroy: true } } },
  aws_s3_bucket_public_access_block: {
    files_public_access: {
      bucket: BUCKET,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    },
  },
  aws_s3_bucket_ownership_controls: {
    files_ownership: { bucket: BUCKET, rule: { object_ownership: "BucketOwnerEnforced" } },
  },
  aws_s3_bucket_versioning: {
    files_versioning: { bucket: BUCKET, versioning_configuration: { status: "Enabled" } },
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    files_encryption: {
      bucket: BUCKET,
      rule: [
        { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: false },
      ],
    },
  },
  aws_s3_bucket_policy: {
    files_tls_only: {
      bucket: BUCKET,
      policy:
        '{"Version":"2012-10-17","Statement":[{"Sid":"TlsOnly","Effect":"Deny","Principal":"*","Action":"s3:*",' +
        '"Resource":["arn:aws:s3:::acme-website","arn:aws:s3:::acme-website/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}',
      depends_on: ["aws_s3_bucket_public_access_block.files_public_access"],
    },
  },
};

describe("a private bucket, complete", () => {
  test("is protected from destruction, private, versioned, encrypted, and TLS-only", () => {
    expect(resources()).toEqual(protectedBucket);
  });

  test("with forceDestroy it is not protected, and otherwise the same", () => {
    expect(resources({ forceDestroy: true })).toEqual({
      ...protectedBucket,
      aws_s3_bucket: { files: { ...bucket, force_destroy: true } },
    });
  });

  test("with a KMS key it is encrypted with that key and a bucket key", () => {
    const kmsKey = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";
    expect(resources({ kmsKey })).toEqual({
      ...protectedBucket,
      aws_s3_bucket_server_side_encryption_configuration: {
        files_encryption: {
          bucket: BUCKET,
          rule: [
            {
              apply_server_side_encryption_by_default: {
                sse_algorithm: "aws:kms",
                kms_master_key_id: kmsKey,
              },
              bucket_key_enabled: true,
            },
          ],
        },
      },
    });
  });

  test("keeps old versions for the configured time", () => {
    const rule = { ...expireOldVersions, noncurrent_version_expiration: { days: 3_650 } };
    expect(resources({ keepVersionsDays: 3_650 })).toEqual({
      ...protectedBucket,
      aws_s3_bucket: { files: { ...bucket, lifecycle_rule: [rule], lifecycle: { prevent_destroy: true } } },
    });
  });

  test("deletes current objects after the days that the file says", () => {
    const rule = { ...expireOldVersions, expiration: { days: 14 } };
    expect(resources({ expireDays: 14 })).toEqual({
      ...protectedBucket,
      aws_s3_bucket: { files: { ...bucket, lifecycle_rule: [rule], lifecycle: { prevent_destroy: true } } },
    });
  });

  test("has the given tags", () => {
    expect(resources({ tags: { team: "web" } })).toEqual({
      ...protectedBucket,
      aws_s3_bucket: { files: { ...bucket, tags: { team: "web" }, lifecycle: { prevent_destroy: true } } },
    });
    expect(resources({ tags: {} })).toEqual(protectedBucket);
  });

  test("in another partition its policy names that partition", () => {
    const policy = protectedBucket.aws_s3_bucket_policy.files_tls_only.policy.replaceAll(
      "arn:aws:",
      "arn:aws-cn:",
    );
    expect(resources({ partition: "aws-cn" })).toEqual({
      ...protectedBucket,
      aws_s3_bucket_policy: {
        files_tls_only: { ...protectedBucket.aws_s3_bucket_policy.files_tls_only, policy },
      },
    });
  });
});
