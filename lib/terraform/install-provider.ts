import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { withLock } from "../../setup/lock.cjs";
import { ProjectError } from "../errors";
import { runGuarded } from "../process/run-guarded";
import type { Progress } from "../programs/progress";
import { PRODUCTS } from "./product";
import { awsProviderLock, pinnedHashes, type WantedProvider } from "./provider-hashes";
import { mirrorAt } from "./provider-mirror";
import { awsProviderAlone } from "./versions";

const SCRATCH = "provider-";

export interface InstallProvider extends WantedProvider {
  readonly cache: string;
  readonly terraform: string;
  /** Where a mirror was searched for without success, for the error. */
  readonly searched: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  /** Terraform's CLI configuration for the download; empty: the public registry. */
  readonly cliConfig: string;
  /**
   * Hashes of the provider's packages; the pinned ones unless a test says otherwise. Without any,
   * HashiCorp's signature alone is verified.
   */
  readonly hashes?: readonly string[];
}

/**
 * Lets Terraform download the AWS provider once, which verifies its signature and the pinned
 * hashes, to a folder with the layout of an unpacked mirror. The folder gets its name only when it
 * is complete.
 * @returns the folder
 * @throws ProjectError `provider-download` with the output of Terraform
 */
export async function installProvider(options: InstallProvider): Promise<string> {
  const { cache, product, version } = options;
  const name = product === "OpenTofu" ? `opentofu-${version}` : version;
  const folder = path.join(cache, "providers", name);
  if (mirrorAt(folder, options) !== undefined) return folder;
  const work = async (shareWith: (pid: number) => void) => {
    if (mirrorAt(folder, options) === undefined) {
      const label = `AWS provider ${version}`;
      await options.progress.step(label, () => fetchInto(folder, options, shareWith));
    }
    return folder;
  };
  const onWait = () => options.progress.note("waiting for another process that downloads the AWS provider …");
  return withLock(`${folder}.lock`, work, { onWait });
}

async function fetchInto(
  folder: string,
  options: InstallProvider,
  onStart: (pid: number) => void,
): Promise<void> {
  const { cache, terraform, version, env, cliConfig, hashes = pinnedHashes(options) } = options;
  await mkdir(path.dirname(folder), { recursive: true });
  await removeScratch(cache);
  const scratch = await mkdtemp(path.join(cache, SCRATCH));
  try {
    const fetched = path.join(scratch, "plugins");
    await mkdir(fetched);
    await writeFile(path.join(scratch, "main.tf.json"), awsProviderAlone(version));
    await writeFile(path.join(scratch, "terraform.rc"), cliConfig);
    if (hashes !== undefined)
      await writeFile(path.join(scratch, ".terraform.lock.hcl"), awsProviderLock(options, version, hashes));
    const { exitCode, stderr, stdout } = await runGuarded(
      terraform,
      ["init", "-input=false", "-no-color", "-backend=false"],
      {
        cwd: scratch,
        onStart,
        env: {
          ...env,
          TF_CLI_CONFIG_FILE: path.join(scratch, "terraform.rc"),
          TF_PLUGIN_CACHE_DIR: fetched,
          CHECKPOINT_DISABLE: "1",
        },
      },
    );
    if (exitCode !== 0 || mirrorAt(fetched, options) === undefined) throw failed(stderr || stdout, options);
    await rm(folder, { recursive: true, force: true });
    await rename(fetched, folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Removes what killed processes left, up to 700 MB each. The lock excludes running ones. */
async function removeScratch(cache: string): Promise<void> {
  const left = (await readdir(cache)).filter((name) => name.startsWith(SCRATCH));
  await Promise.all(left.map((name) => rm(path.join(cache, name), { recursive: true, force: true })));
}

function failed(output: string, { product, version, searched }: InstallProvider): ProjectError {
  return new ProjectError({
    code: "provider-download",
    message: `${product} could not download the AWS provider ${version}, which no mirror of this machine contains either (searched: ${searched.join(", ")}):\n${output.trim()}`,
    found: version,
    fix: `check the network and HTTPS_PROXY; or set TF_PROVIDER_MIRROR to a folder that contains ${PRODUCTS[product].registry}/ with this version`,
  });
}
