import { existsSync } from "node:fs";
import path from "node:path";
import { runForeground } from "../../setup/foreground.cjs";
import { ProjectError } from "../errors";
import type { Tools } from "./prepare";
import { Terraform } from "./terraform";

/**
 * Runs Terraform in a stack's folder, in our place: our terminal, our signals. Initialises the
 * folder first, unless that was done or is what is asked.
 * @param output where cdktf has written the stacks
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
      message: `${folder} does not hold the stack yet`,
      found: folder,
      fix: "run npm run synth first",
    });
  }
  const env = { ...process.env, ...environment };
  if (args[0] !== "init" && !isInitialised(folder)) await new Terraform(terraform, env).init(folder);
  return runForeground(terraform, [...args], { cwd: folder, env });
}

/**
 * The lock file of the providers is the last thing that `terraform init` writes: one that was cut
 * off left only the folder.
 */
function isInitialised(folder: string): boolean {
  return [".terraform", ".terraform.lock.hcl"].every((name) => existsSync(path.join(folder, name)));
}
