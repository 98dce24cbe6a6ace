import type { Account, Bucket } from "../../../config/model/model";
import type { PolicyDocument, PolicyStatement } from "../../language/document";
import { dnsSuffix } from "../../language/partition";

/**
 * What a role may do with its own bucket: list it, and read, write and delete the objects in it, in
 * parts too; nothing else. Actions and the resource each takes: Service Authorization Reference,
 * "Actions, resources, and condition keys for Amazon S3".
 */
export function writeBucketPermissions(bucket: Bucket, account: Account): PolicyDocument {
  const arn = bucketArn(bucket.name, account.partition);
  const statements: PolicyStatement[] = [
    {
      Sid: "ListOwnBucket",
      Effect: "Allow",
      Action: ["s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: arn,
    },
    {
      Sid: "UseObjectsInIt",
      Effect: "Allow",
      Action: [
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:AbortMultipartUpload",
        "s3:ListMultipartUploadParts",
      ],
      Resource: `${arn}/*`,
    },
  ];
  if (bucket.kmsKey !== undefined) statements.push(keyStatement(bucket.kmsKey, account));
  return { Version: "2012-10-17", Statement: statements };
}

/**
 * Reading takes Decrypt, writing GenerateDataKey, an upload in parts both (S3 User Guide, "Using
 * SSE-KMS", permissions).
 */
function keyStatement(kmsKey: string, account: Account): PolicyStatement {
  return {
    Sid: "UseItsKeyThroughS3",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: kmsKey,
    Condition: {
      StringEquals: { "kms:ViaService": `s3.${account.region}.${dnsSuffix(account.partition)}` },
    },
  };
}

export function bucketArn(name: string, partition: string): string {
  return `arn:${partition}:s3:::${name}`;
}
