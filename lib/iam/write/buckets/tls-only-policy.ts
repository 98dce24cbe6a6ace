import type { PolicyDocument } from "../../language/document";
import { bucketArn } from "./bucket-permissions";

/**
 * A bucket policy that refuses every request that did not come over TLS (S3 User Guide, "Security
 * best practices", aws:SecureTransport).
 */
export function writeTlsOnlyPolicy(bucket: string, partition: string): PolicyDocument {
  const arn = bucketArn(bucket, partition);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}
