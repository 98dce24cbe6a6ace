import type { CdkDeploy } from "../../config/model/deploys-model";
import { run, type Step } from "../job/job";
import { quoted } from "../job/shell-word";

/**
 * Deploys the app with the roles of the bootstrap stack of this qualifier (AWS CDK Developer Guide,
 * "cdk deploy", `--require-approval`, `--all`; "Customize bootstrapping", context key
 * `@aws-cdk/core:bootstrapQualifier`).
 */
export function cdkSteps({ qualifier, stacks }: CdkDeploy): readonly Step[] {
  const which = stacks.length === 0 ? "--all" : stacks.map(quoted).join(" ");
  const command = `npx cdk deploy ${which} --require-approval never --context @aws-cdk/core:bootstrapQualifier=${qualifier}`;
  return [run("Deploy with CDK", command)];
}
