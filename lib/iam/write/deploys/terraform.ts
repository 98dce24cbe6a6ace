import type { TerraformDeploy } from "../../../config/model/deploys-model";
import type { Account } from "../../../config/model/model";
import type { PolicyStatement } from "../../language/document";

/**
 * The backend and the lock of one state (Terraform documentation, "Backend Type: s3", "S3 Bucket
 * Permissions" and "State Locking"). `terraform init` lists workspaces under `env:/`; the names of
 * other objects in the bucket stay hidden.
 */
export function terraformStatements(
  { stateBucket, key }: TerraformDeploy,
  { partition }: Account,
): readonly PolicyStatement[] {
  const bucket = `arn:${partition}:s3:::${stateBucket}`;
  return [
    {
      Sid: "ListState",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucket,
      Condition: { StringEquals: { "s3:prefix": ["env:/", key] } },
    },
    {
      Sid: "WriteState",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: `${bucket}/${key}`,
    },
    {
      Sid: "LockState",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: `${bucket}/${key}.tflock`,
    },
  ];
}
