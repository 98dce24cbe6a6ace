import { oidc } from "../../../command-name";
import { ProjectError } from "../../../errors";
import { repositoryRoot } from "../../../programs/cache";
import type { Progress } from "../../../programs/progress";
import { prepareTools } from "../../../terraform/prepare";
import { Terraform } from "../../../terraform/terraform";
import { AWS_PROVIDER_VERSION, LEAST_TERRAFORM_VERSION } from "../../../terraform/versions";
import { type CheckResult, good, oneLine, wrong } from "./check-result";

/** Node, Terraform and the AWS provider, which are downloaded if they are missing. */
export async function checkTools(
  env: NodeJS.ProcessEnv,
  progress: Progress,
): Promise<readonly CheckResult[]> {
  const node = good("Node", process.versions.node);
  try {
    const tools = await prepareTools(["terraform", "provider"], { env, progress });
    const terraform = new Terraform(tools.terraform, { ...env, ...tools.environment });
    const version = await terraform.version(repositoryRoot);
    return [
      node,
      good("Terraform", `${version} (required: ${LEAST_TERRAFORM_VERSION} or later)`),
      good("AWS provider", AWS_PROVIDER_VERSION),
    ];
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return [
      node,
      wrong(
        "Terraform, AWS provider",
        oneLine(error),
        error.fix ?? `${oidc("synth")} prints the whole error`,
      ),
    ];
  }
}
