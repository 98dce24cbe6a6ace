import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/**
 * First line of what we write, so that a command started by another of our commands knows it again.
 */
const OURS = "# Written by cdktf-circleci-oidc: the AWS provider comes from a folder of this machine.";

export interface UserCliConfig {
  readonly file: string;
  readonly text: string;
  /** It says where providers come from; then this project has no say in it. */
  readonly installsProviders: boolean;
  /** It has a plugin cache of its own. */
  readonly hasPluginCache: boolean;
  /** It was written by this project, for a command that started this one. */
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
  // One in JSON cannot be added to: it is used as it is.
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
 * Whether `terraform init` may write into a plugin cache. Terraform does not guard it against two
 * that do so at once ("CLI Configuration", "Provider Plugin Cache").
 * @param env as Terraform gets it
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

/**
 * What the user has set (credentials, for instance), and the AWS provider from a folder; all other
 * providers as ever.
 */
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

/**
 * A string of HashiCorp's configuration language, in which `${` and `%{` would start a template.
 */
export function hclString(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, "$&$&");
}
