import { existsSync } from "node:fs";
import path from "node:path";
import { ProjectError } from "../../errors";
import { findPrograms } from "../../programs/find-program";
import { prepareTools } from "../../terraform/prepare";
import { Terraform } from "../../terraform/terraform";

export interface ShowSettings {
  /**
   * Where Terraform runs: initialised, so that the providers of the plan are there. Undefined:
   * `placeOf` says.
   */
  readonly chdir?: string;
  /** Where this project's stacks are written. */
  readonly output: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The JSON of a plan file. Only the program that wrote a plan can show it, so it is whichever the
 * user has, and of any version: TERRAFORM_BINARY_NAME, else `terraform` on the PATH, else `tofu`,
 * else the one that this project fetches.
 * @throws ProjectError `plan-not-shown` (exit 2) with Terraform's own words
 */
export async function showPlanFile(file: string, { chdir, output, env }: ShowSettings): Promise<string> {
  const folder = chdir ?? placeOf(file, output);
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
    if (!(cause instanceof ProjectError))
      throw unshown(file, folder, `${program} cannot be run there`, cause);
    throw unshown(file, folder, cause.message, cause);
  }
}

/**
 * The stack of that name, if the plan is one of ours and the stack has been initialised; else where
 * the plan lies.
 */
function placeOf(file: string, output: string): string {
  const stack = path.join(output, "stacks", path.basename(file, ".plan"));
  return existsSync(path.join(stack, ".terraform")) ? stack : path.dirname(path.resolve(file));
}

function unshown(file: string, folder: string, why: string, cause: unknown): ProjectError {
  return new ProjectError({
    code: "plan-not-shown",
    message: `${file} cannot be shown from ${folder}: ${why}`,
    found: file,
    fix: "run `terraform init` in the folder that it was planned in and name that with --chdir, or review the JSON of `terraform show -json`",
    exitCode: 2,
    cause,
  });
}
