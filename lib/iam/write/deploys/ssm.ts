import type { SsmDeploy } from "../../../config/model/deploys-model";
import type { Account } from "../../../config/model/model";
import { oneOrMany, type PolicyStatement } from "../../language/document";

/**
 * Reading parameters by name. The slash before a name is not repeated in its ARN (Service
 * Authorization Reference, "Actions, resources, and condition keys for AWS Systems Manager",
 * `GetParameter`, `GetParameters`: resource `parameter`).
 */
export function ssmStatements(
  { parameters }: SsmDeploy,
  { partition, region, id }: Account,
): readonly PolicyStatement[] {
  const arns = parameters.map(
    (name) => `arn:${partition}:ssm:${region}:${id}:parameter/${name.replace(/^[/]/, "")}`,
  );
  return [
    {
      Sid: "ReadParameters",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:GetParameters"],
      Resource: oneOrMany(arns),
    },
  ];
}
