import type { EcrDeploy } from "../../../config/model/deploys-model";
import type { Account } from "../../../config/model/model";
import type { PolicyStatement } from "../../language/document";

/**
 * Pushing and pulling images of one repository (Amazon ECR User Guide, "IAM permissions for pushing
 * an image to an Amazon ECR private repository"; for pulling, "Private repository policy examples
 * in Amazon ECR"). `GetAuthorizationToken` has no resource (Service Authorization Reference,
 * "Actions, resources, and condition keys for Amazon Elastic Container Registry").
 */
export function ecrStatements(
  { repository }: EcrDeploy,
  { partition, region, id }: Account,
): readonly PolicyStatement[] {
  return [
    { Sid: "LogInToRegistry", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Sid: "PushAndPullImages",
      Effect: "Allow",
      Action: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      Resource: `arn:${partition}:ecr:${region}:${id}:repository/${repository}`,
    },
  ];
}
