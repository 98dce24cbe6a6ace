import type { Role } from "../../config/model/model";
import type { Step } from "../job/job";
import { cdkSteps } from "./cdk";
import { cloudFrontSteps } from "./cloudfront";
import { ecrSteps, pushedImage } from "./ecr";
import { ecsSteps } from "./ecs";
import { lambdaSteps } from "./lambda";
import { terraformSteps } from "./terraform";

/**
 * The steps of a role's presets, with its credentials: infrastructure first, then images before the
 * services that run them, and the invalidation last. `ssm` and `secrets` have none.
 * @param hasDocker whether the job has Docker without `setup_remote_docker`
 * @param terraformProgram such as `terraform`
 */
export function deploySteps(
  { deploys = {}, account }: Pick<Role, "deploys" | "account">,
  hasDocker: boolean,
  terraformProgram = "terraform",
): readonly Step[] {
  const { terraform, cdk, ecr, ecs, lambda, cloudfront } = deploys;
  return [
    ...(terraform === undefined ? [] : terraformSteps(terraform, account, terraformProgram)),
    ...(cdk === undefined ? [] : cdkSteps(cdk)),
    ...(ecr === undefined ? [] : ecrSteps(ecr, account, hasDocker)),
    ...(ecs === undefined ? [] : ecsSteps(ecs, ecr === undefined ? undefined : pushedImage(ecr, account))),
    ...(lambda === undefined ? [] : lambdaSteps(lambda)),
    ...(cloudfront === undefined ? [] : cloudFrontSteps(cloudfront)),
  ];
}
