import { oidc } from "../../../command-name";
import type { Access } from "../../../config/model/model";
import { ProjectError } from "../../../errors";
import { repositoryRoot } from "../../../programs/cache";
import type { Progress } from "../../../programs/progress";
import { prepareTools } from "../../../terraform/prepare";
import { PRODUCTS } from "../../../terraform/product";
import { Terraform } from "../../../terraform/terraform";
import { type CheckResult, good, oneLine, wrong } from "./check-result";

/**
 * Node, Terraform or OpenTofu, and the AWS provider, which are downloaded if they are missing.
 * @param access the file's; undefined: it cannot be read
 */
export async function checkTools(
  env: NodeJS.ProcessEnv,
  progress: Progress,
  access?: Access,
): Promise<readonly CheckResult[]> {
  const node = good("Node", process.versions.node);
  try {
    const tools = await prepareTools(["terraform", "provider"], {
      env,
      progress,
      ...(access === undefined ? {} : { access }),
    });
    const terraform = new Terraform(tools.terraform, { ...env, ...tools.environment });
    const version = await terraform.version(repositoryRoot);
    return [
      node,
      good(tools.product, `${version} (required: ${PRODUCTS[tools.product].leastVersion} or later)`),
      good("AWS provider", tools.provider.version ?? tools.provider.constraint),
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
