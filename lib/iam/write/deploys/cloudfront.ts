import type { CloudFrontDeploy } from "../../../config/model/deploys-model";
import type { Account } from "../../../config/model/model";
import type { PolicyStatement } from "../../language/document";

/**
 * Creating an invalidation, and waiting for it (Service Authorization Reference, "Actions,
 * resources, and condition keys for Amazon CloudFront", `CreateInvalidation`, `GetInvalidation`:
 * resource `distribution`).
 */
export function cloudFrontStatements(
  { distribution }: CloudFrontDeploy,
  { partition, id }: Account,
): readonly PolicyStatement[] {
  return [
    {
      Sid: "InvalidateDistribution",
      Effect: "Allow",
      Action: ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"],
      Resource: `arn:${partition}:cloudfront::${id}:distribution/${distribution}`,
    },
  ];
}
