import { existsSync } from "node:fs";
import path from "node:path";
import { runForeground } from "../../setup/foreground.cjs";
import { oidc } from "../command-name";
import { ProjectError } from "../errors";
import type { Tools } from "./prepare";
import { Terraform } from "./terraform";

/**
 * Runs Terraform in a stack's folder with this process's terminal and signals. Initializes the
 * folder first if necessary.
 * @param output folder of the synthesized stacks
 * @returns Terraform's exit code
 * @throws ProjectError `stack-not-synthesised`, `terraform-failed`
 */
export async function terraformInStack(
  output: string,
  stack: string,
  args: readonly string[],
  { terraform, environment }: Pick<Tools, "terraform" | "environment">,
): Promise<number> {
  const folder = path.join(output, "stacks", stack);
  if (!existsSync(path.join(folder, "cdk.tf.json"))) {
    throw new ProjectError({
      code: "stack-not-synthesised",
      message: `stack ${stack} is not synthesized in ${output}`,
      found: folder,
      fix: `synthesize it first: ${oidc("synth")}`,
    });
  }
  const env = { ...process.env, ...environment };
  if (args[0] !== "init" && !isInitialised(folder)) await new Terraform(terraform, env).init(folder);
  return runForeground(terraform, [...args], { cwd: folder, env });
}

/**
 * `terraform init` writes the dependency lock file last: an interrupted one left only the folder.
 */
function isInitialised(folder: string): boolean {
  return [".terraform", ".terraform.lock.hcl"].every((name) => existsSync(path.join(folder, name)));
}
