import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { runForeground } from "../../setup/foreground.cjs";
import { oidc } from "../command-name";
import { ProjectError } from "../errors";
import type { Tools } from "./prepare";
import { awsProviderAddress, type Product } from "./product";
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
  { terraform, product, environment }: Pick<Tools, "terraform" | "product" | "environment">,
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
  if (args[0] !== "init" && !isInitialised(folder, product, env))
    await new Terraform(terraform, env).init(folder);
  return runForeground(terraform, [...args], { cwd: folder, env });
}

/**
 * Whether the folder has the provider that its dependency lock file names for the product, which
 * `terraform init` installs after all else. Synth writes the file before, and again with another
 * version.
 */
function isInitialised(folder: string, product: Product, env: NodeJS.ProcessEnv): boolean {
  const lock = path.join(folder, ".terraform.lock.hcl");
  if (!existsSync(path.join(folder, ".terraform")) || !existsSync(lock)) return false;
  const text = readFileSync(lock, "utf8");
  // A provider that is running already (HashiCorp, "Debugging providers") is not installed.
  const isInstalled = env.TF_REATTACH_PROVIDERS?.includes("/hashicorp/aws") !== true;
  if (!isInstalled || !text.includes('/hashicorp/aws" {')) return true;
  const source = awsProviderAddress(product);
  // Synth writes the block of Terraform, OpenTofu adds its own.
  const [, own = ""] = text.split(`provider "${source}" {`);
  const [, version] = /^\s+version\s+= "([0-9.]+)"/.exec(own) ?? [];
  return version !== undefined && existsSync(path.join(folder, ".terraform", "providers", source, version));
}
