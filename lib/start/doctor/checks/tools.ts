import { ProjectError } from "../../../errors";
import { repositoryRoot } from "../../../programs/cache";
import type { Progress } from "../../../programs/progress";
import { prepareTools } from "../../../terraform/prepare";
import { Terraform } from "../../../terraform/terraform";
import { AWS_PROVIDER_VERSION, LEAST_TERRAFORM_VERSION } from "../../../terraform/versions";
import { type CheckResult, good, wrong } from "./check-result";

/**
 * Node, Terraform and the AWS provider, which is fetched where it is not there: then it can be
 * reached.
 */
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
      good("Terraform", `${version} (${LEAST_TERRAFORM_VERSION} or later)`),
      good("AWS provider", AWS_PROVIDER_VERSION),
    ];
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return [node, wrong("Terraform, AWS provider", oneLine(error.message), error.fix ?? "see above")];
  }
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, "; ").trim();
}
