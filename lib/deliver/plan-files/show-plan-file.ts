import { existsSync } from "node:fs";
import path from "node:path";
import { ProjectError } from "../../errors";
import { findPrograms } from "../../programs/find-program";
import { prepareTools } from "../../terraform/prepare";
import { Terraform } from "../../terraform/terraform";

interface ShowSettings {
  /**
   * An initialised folder with the providers of the plan. Undefined: see `folderFor`.
   */
  readonly chdir?: string;
  /** Where the stacks of this project are written. */
  readonly output: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The JSON of a plan file. Only the program that wrote a plan can show it, so this uses the user's
 * program of any version: TERRAFORM_BINARY_NAME, else `terraform` on the PATH, else `tofu`, else
 * the Terraform of this project.
 * @throws ProjectError `plan-not-shown` (exit 2) with Terraform's message
 */
export async function showPlanFile(file: string, { chdir, output, env }: ShowSettings): Promise<string> {
  const folder = chdir ?? folderFor(file, output);
  const [first] = [env.TERRAFORM_BINARY_NAME || "terraform", "tofu"].flatMap((name) =>
    findPrograms(name, env),
  );
  const program = first ?? (await prepareTools(["terraform"])).terraform;
  try {
    return await new Terraform(program, { ...env, CHECKPOINT_DISABLE: "1" }).showPlan(
      folder,
      path.resolve(file),
    );
  } catch (cause) {
    if (!(cause instanceof ProjectError)) throw unshown(file, folder, `${program} cannot be run`, cause);
    throw unshown(file, folder, cause.message, cause);
  }
}

/**
 * The stack with the name of the plan, if it is initialised; else the folder of the plan.
 */
function folderFor(file: string, output: string): string {
  const stack = path.join(output, "stacks", path.basename(file, ".plan"));
  return existsSync(path.join(stack, ".terraform")) ? stack : path.dirname(path.resolve(file));
}

function unshown(file: string, folder: string, why: string, cause: unknown): ProjectError {
  return new ProjectError({
    code: "plan-not-shown",
    message: `${file} cannot be shown in ${folder}: ${why}`,
    found: file,
    fix: "run `terraform init` in the folder of the plan's configuration and pass it with --chdir, or review the JSON of `terraform show -json`",
    exitCode: 2,
    cause,
  });
}
