import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { awsProviderAddress, type Product } from "./product";

/** First line of a generated file, by which a command that another one starts recognizes it. */
const OURS = "# Written by cdktf-circleci-oidc: the AWS provider comes from a folder of this machine.";

export interface UserCliConfig {
  readonly file: string;
  readonly text: string;
  /** It configures provider installation, which this project then does not change. */
  readonly installsProviders: boolean;
  /** It sets a plugin cache. */
  readonly hasPluginCache: boolean;
  /** This project generated it, for the command that started this one. */
  readonly isOurs: boolean;
}

/**
 * The user's own CLI configuration, if it exists: TF_CLI_CONFIG_FILE, else `~/.terraformrc`; of
 * OpenTofu, before that, `~/.tofurc`.
 */
export function userCliConfig(
  env: NodeJS.ProcessEnv,
  product: Product = "Terraform",
): UserCliConfig | undefined {
  const file = env.TF_CLI_CONFIG_FILE || usualFile(env, product);
  if (!isReadableFile(file)) return undefined;
  const text = readFileSync(file, "utf8");
  const bare = text.replace(/\/\*[\s\S]*?\*\/|(^|\s)(#|\/\/).*$/gm, "");
  // A JSON file cannot be extended and is used unchanged.
  const json = bare.trimStart().startsWith("{");
  return {
    file,
    text,
    installsProviders: json || /\bprovider_installation\b/.test(bare),
    isOurs: text.startsWith(OURS),
    hasPluginCache: /\bplugin_cache_dir\b/.test(bare),
  };
}

/** OpenTofu: `internal/command/cliconfig/config_unix.go`, `configFile`. */
function usualFile(env: NodeJS.ProcessEnv, product: Product): string {
  const home = env.HOME || homedir();
  const ofTerraform = path.join(home, ".terraformrc");
  const own = path.join(home, ".tofurc");
  if (product === "Terraform") return ofTerraform;
  if (existsSync(own) || existsSync(ofTerraform) || !env.XDG_CONFIG_HOME)
    return existsSync(own) ? own : ofTerraform;
  return path.join(env.XDG_CONFIG_HOME, "opentofu", "tofurc");
}

/**
 * Whether `terraform init` writes to a plugin cache, which does not support concurrent writes ("CLI
 * Configuration", "Provider Plugin Cache").
 * @param env of Terraform
 */
export function hasPluginCache(env: NodeJS.ProcessEnv): boolean {
  return (env.TF_PLUGIN_CACHE_DIR ?? "") !== "" || userCliConfig(env)?.hasPluginCache === true;
}

function isReadableFile(file: string): boolean {
  try {
    return existsSync(file) && readFileSync(file).length >= 0;
  } catch {
    return false;
  }
}

/** The user's settings, such as credentials, with the AWS provider from a local mirror. */
export function mirrorCliConfig(mirror: string, own: string, product: Product): string {
  const aws = JSON.stringify(awsProviderAddress(product));
  return `${OURS}
${own}
provider_installation {
  filesystem_mirror {
    path    = ${hclString(mirror)}
    include = [${aws}]
  }
  direct {
    exclude = [${aws}]
  }
}
`;
}

/** An HCL string, with the template sequences `${` and `%{` escaped. */
export function hclString(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, "$&$&");
}
