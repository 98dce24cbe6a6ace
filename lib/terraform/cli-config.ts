import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

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
 * The user's own Terraform CLI configuration, if it exists: TF_CLI_CONFIG_FILE, else
 * `~/.terraformrc`.
 */
export function userCliConfig(env: NodeJS.ProcessEnv): UserCliConfig | undefined {
  const file = env.TF_CLI_CONFIG_FILE || path.join(env.HOME || homedir(), ".terraformrc");
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
export function mirrorCliConfig(mirror: string, own: string): string {
  const aws = '"registry.terraform.io/hashicorp/aws"';
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
