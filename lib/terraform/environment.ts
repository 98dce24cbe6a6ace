import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

interface TerraformEnvironment {
  readonly env: NodeJS.ProcessEnv;
  readonly cache: string;
  /** Absolute path of Terraform; empty: the one on the PATH. */
  readonly terraform: string;
}

/** Environment variables for cdktf and Terraform, except those for the provider. */
export function terraformEnvironment({
  env,
  cache,
  terraform,
}: TerraformEnvironment): Record<string, string> {
  return {
    // Disables the version checks of Terraform and cdktf.
    CHECKPOINT_DISABLE: "1",
    // cdktf's default plugin cache and logs are in the home folder, which may not be writable.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    CDKTF_HOME: env.CDKTF_HOME || path.join(cache, "cdktf-home"),
    ...(hasNoCliConfig(env) ? { TF_CLI_CONFIG_FILE: "/dev/null" } : {}),
    ...(terraform === "" ? {} : { TERRAFORM_BINARY_NAME: terraform }),
  };
}

/** Terraform prints a warning on every call if the named file or the home folder does not exist. */
function hasNoCliConfig(env: NodeJS.ProcessEnv): boolean {
  const needed = env.TF_CLI_CONFIG_FILE || path.join(env.HOME || homedir(), "/");
  return !existsSync(needed);
}
