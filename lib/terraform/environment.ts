import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

export interface TerraformEnvironment {
  readonly env: NodeJS.ProcessEnv;
  readonly cache: string;
  /** Absolute path of Terraform; empty: whichever is on the PATH. */
  readonly terraform: string;
}

/**
 * What cdktf and Terraform are told by way of their environment, besides where the provider comes
 * from.
 */
export function terraformEnvironment({
  env,
  cache,
  terraform,
}: TerraformEnvironment): Record<string, string> {
  return {
    // Neither Terraform nor cdktf reports home.
    CHECKPOINT_DISABLE: "1",
    // cdktf keeps a plugin cache and its logs in the home folder, which may not be writable; we
    // have our own places.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    CDKTF_HOME: env.CDKTF_HOME || path.join(cache, "cdktf-home"),
    ...(hasNoCliConfig(env) ? { TF_CLI_CONFIG_FILE: "/dev/null" } : {}),
    ...(terraform === "" ? {} : { TERRAFORM_BINARY_NAME: terraform }),
  };
}

/**
 * Where the file that is named does not exist, or there is no home folder for one, Terraform
 * complains at every call.
 */
function hasNoCliConfig(env: NodeJS.ProcessEnv): boolean {
  const needed = env.TF_CLI_CONFIG_FILE || path.join(env.HOME || homedir(), "/");
  return !existsSync(needed);
}
