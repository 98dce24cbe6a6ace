import type { LambdaDeploy } from "../../config/model/deploys-model";
import { run, type Step } from "../job/job";
import { quoted } from "../job/shell-word";

/**
 * Updates the code, waits, publishes a version and moves the alias to it (AWS CLI Command
 * Reference, `lambda update-function-code`, `lambda wait function-updated`, `lambda
 * publish-version`, `lambda update-alias`). The version is published only if the code is still the
 * code of this job.
 */
export function lambdaSteps(deploy: LambdaDeploy): readonly Step[] {
  const of = `--function-name ${deploy.function}`;
  const command = [
    `code=$(aws lambda update-function-code ${of} --zip-file ${quoted(`fileb://${deploy.package}`)} --query CodeSha256 --output text)`,
    `aws lambda wait function-updated ${of}`,
    `version=$(aws lambda publish-version ${of} --code-sha256 "$code" --query Version --output text)`,
    `aws lambda update-alias ${of} --name ${deploy.alias} --function-version "$version" --query FunctionVersion --output text`,
  ].join("\n");
  return [run(`Deploy ${deploy.function}`, command)];
}
