import type { SecretsDeploy } from "../../../config/model/deploys-model";
import type { Account } from "../../../config/model/model";
import { oneOrMany, type PolicyStatement } from "../../language/document";

/**
 * Reading secrets by name. An ARN ends in a hyphen and six random characters, which `??????`
 * matches and nothing longer (AWS Secrets Manager User Guide, "Identity-based policies"; Service
 * Authorization Reference, "Actions, resources, and condition keys for AWS Secrets Manager",
 * `GetSecretValue`, `DescribeSecret`: resource `Secret`).
 */
export function secretsStatements(
  { secrets }: SecretsDeploy,
  { partition, region, id }: Account,
): readonly PolicyStatement[] {
  return [
    {
      Sid: "ReadSecrets",
      Effect: "Allow",
      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      Resource: oneOrMany(
        secrets.map((name) => `arn:${partition}:secretsmanager:${region}:${id}:secret:${name}-??????`),
      ),
    },
  ];
}
