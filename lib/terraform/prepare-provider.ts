import { mkdir } from "node:fs/promises";
import path from "node:path";
import { ProjectError } from "../errors";
import { writeAtomically } from "../programs/cache";
import { mirrorCliConfig, type UserCliConfig, userCliConfig } from "./cli-config";
import { type InstallProvider, installProvider } from "./install-provider";
import { PRODUCTS } from "./product";
import type { ProviderChoice } from "./provider-choice";
import { pinnedHashes, type WantedProvider } from "./provider-hashes";
import { findMirror, foreignWriteIn, mirrorAt, mirrorPlaces, type ProviderMirror } from "./provider-mirror";

export interface PrepareProvider
  extends Omit<InstallProvider, "terraform" | "cliConfig" | "version" | "searched"> {
  readonly provider: ProviderChoice;
  /** Called only if Terraform has to download the provider. */
  readonly terraform: () => Promise<string>;
  /**
   * Where mirrors are looked for besides Terraform's own folders; the usual places unless a test
   * says otherwise.
   */
  readonly roots?: readonly string[];
  /**
   * The CLI configuration for fetching where there is no mirror; the user's own, else the public
   * registry.
   */
  readonly registryConfig?: string;
}

/**
 * Makes every `terraform init` use the AWS provider from this machine. If Terraform is to choose
 * the version, it searches and downloads by itself, once for all stacks.
 * @returns variables to add to Terraform's environment
 * @throws ProjectError `provider-mirror` if TF_PROVIDER_MIRROR has no such provider,
 * `provider-mirror-writable`, and those of `installProvider`
 */
export async function prepareProvider(options: PrepareProvider): Promise<Record<string, string>> {
  const { env, cache, product } = options;
  const { constraint, version } = options.provider;
  const user = userCliConfig(env, product);
  if (product === "Terraform" && (version === undefined || pinnedHashes({ product, version }) === undefined))
    options.progress.note(
      `AWS provider ${constraint}: no hashes are pinned for it; Terraform verifies its signature and records the hashes of the first download`,
    );
  if (version === undefined) return terraformDecides(user, options);
  const wanted = { product, version };
  const chosen = chosenMirror(env, wanted);
  if (user?.isOurs === true) return { TF_CLI_CONFIG_FILE: path.resolve(user.file) };
  if (chosen === undefined && user?.installsProviders === true) return userDecides(user, options, version);
  const own = user?.installsProviders === false ? user.text : "";
  const note = (why: string) => options.progress.note(`not used as a mirror of the AWS provider: ${why}`);
  const mirror = chosen ?? findMirror(env, wanted, options.roots, note);
  const folder = mirror?.layout === "unpacked" ? mirror.folder : await fetched(options, own, mirror, version);
  const file = path.join(cache, `${PRODUCTS[product].command}.rc`);
  await writeAtomically(file, mirrorCliConfig(folder, own, product));
  return { TF_CLI_CONFIG_FILE: file };
}

function chosenMirror(env: NodeJS.ProcessEnv, wanted: WantedProvider): ProviderMirror | undefined {
  const folder = env.TF_PROVIDER_MIRROR;
  if (folder === undefined || folder === "") return undefined;
  const mirror = mirrorAt(path.resolve(folder), wanted);
  const why = mirror === undefined ? undefined : foreignWriteIn(mirror);
  if (why !== undefined) throw writableByOthers(folder, why);
  if (mirror !== undefined) return mirror;
  throw new ProjectError({
    code: "provider-mirror",
    message: `TF_PROVIDER_MIRROR is ${folder}, which does not contain the AWS provider ${wanted.version} for this platform`,
    found: folder,
    fix: `set it to the folder that contains ${PRODUCTS[wanted.product].registry}/, or unset it`,
  });
}

function writableByOthers(folder: string, why: string): ProjectError {
  return new ProjectError({
    code: "provider-mirror-writable",
    message: `TF_PROVIDER_MIRROR is ${folder}, where other users of this machine could replace the AWS provider: ${why}`,
    found: why,
    fix: "take write permission from others (chmod -R go-w), or copy the mirror to a folder that only you and root may write",
  });
}

/** Keeps the user's file; a plugin cache that is filled beforehand saves a download per stack. */
async function userDecides(
  user: UserCliConfig,
  options: PrepareProvider,
  version: string,
): Promise<Record<string, string>> {
  const environment = { TF_CLI_CONFIG_FILE: path.resolve(user.file) };
  if (user.hasPluginCache || options.env.TF_PLUGIN_CACHE_DIR) return environment;
  const folder = await fetched(options, user.text, undefined, version);
  return { ...environment, ...pluginCache(folder) };
}

async function terraformDecides(
  user: UserCliConfig | undefined,
  { env, cache }: PrepareProvider,
): Promise<Record<string, string>> {
  const file: Record<string, string> =
    user === undefined ? {} : { TF_CLI_CONFIG_FILE: path.resolve(user.file) };
  if (user?.hasPluginCache === true || env.TF_PLUGIN_CACHE_DIR) return file;
  const folder = path.join(cache, "plugins");
  await mkdir(folder, { recursive: true });
  return { ...file, ...pluginCache(folder) };
}

function pluginCache(folder: string): Record<string, string> {
  return {
    TF_PLUGIN_CACHE_DIR: folder,
    // Otherwise Terraform uses the cache only for stacks with a lock file, which new stacks lack.
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
  };
}

async function fetched(
  options: PrepareProvider,
  own: string,
  from: ProviderMirror | undefined,
  version: string,
): Promise<string> {
  const cliConfig =
    from === undefined ? (options.registryConfig ?? own) : mirrorCliConfig(from.folder, own, options.product);
  const searched = mirrorPlaces(options.env, options.product, options.roots);
  return installProvider({ ...options, version, searched, terraform: await options.terraform(), cliConfig });
}
