import type { CloudFrontDeploy } from "../../config/model/deploys-model";
import { run, type Step } from "../job/job";
import { quoted } from "../job/shell-word";

/**
 * Invalidates what was uploaded, and waits (AWS CLI Command Reference, `cloudfront
 * create-invalidation` and `cloudfront wait invalidation-completed`).
 */
export function cloudFrontSteps({ distribution, paths }: CloudFrontDeploy): readonly Step[] {
  const command = [
    `invalidation=$(aws cloudfront create-invalidation --distribution-id ${distribution} --paths ${paths.map(quoted).join(" ")} --query Invalidation.Id --output text)`,
    `aws cloudfront wait invalidation-completed --distribution-id ${distribution} --id "$invalidation"`,
  ].join("\n");
  return [run(`Invalidate ${distribution}`, command)];
}
