import type { LambdaDeploy } from "../../../config/model/deploys-model";
import type { Account } from "../../../config/model/model";
import type { PolicyStatement } from "../../language/document";

/**
 * Updating a function's code, waiting for it, publishing a version and moving an alias (Service
 * Authorization Reference, "Actions, resources, and condition keys for AWS Lambda": all take the
 * function). The waiter `function-updated` calls `GetFunctionConfiguration` (AWS CLI Command
 * Reference, `lambda wait function-updated`).
 */
export function lambdaStatements(
  deploy: LambdaDeploy,
  { partition, region, id }: Account,
): readonly PolicyStatement[] {
  return [
    {
      Sid: "DeployFunction",
      Effect: "Allow",
      Action: [
        "lambda:GetFunctionConfiguration",
        "lambda:PublishVersion",
        "lambda:UpdateAlias",
        "lambda:UpdateFunctionCode",
      ],
      Resource: `arn:${partition}:lambda:${region}:${id}:function:${deploy.function}`,
    },
  ];
}
