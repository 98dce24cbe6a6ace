import type { CdkDeploy } from "../../../config/model/deploys-model";
import type { Account } from "../../../config/model/model";
import type { PolicyStatement } from "../../language/document";

/** The roles of the bootstrap stack that the CDK CLI assumes. */
const BOOTSTRAP_ROLES = [
  "deploy-role",
  "file-publishing-role",
  "image-publishing-role",
  "lookup-role",
] as const;

/**
 * Assuming the roles of CDK's bootstrap stack in the role's account and region (AWS CDK Developer
 * Guide, "AWS CDK bootstrapping", "IAM roles created during bootstrapping"; Service Authorization
 * Reference, "Actions, resources, and condition keys for AWS Security Token Service",
 * `AssumeRole`).
 */
export function cdkStatements(
  { qualifier }: CdkDeploy,
  { partition, region, id }: Account,
): readonly PolicyStatement[] {
  return [
    {
      Sid: "AssumeCdkRoles",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: BOOTSTRAP_ROLES.map(
        (role) => `arn:${partition}:iam::${id}:role/cdk-${qualifier}-${role}-${id}-${region}`,
      ),
    },
  ];
}
