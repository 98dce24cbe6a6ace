import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { withLock } from "../../setup/lock.cjs";
import { ProjectError } from "../errors";
import { download } from "../programs/download";
import { isProgram } from "../programs/find-program";
import type { Progress } from "../programs/progress";
import { unzipProgram } from "../programs/unzip";
import { type TerraformRelease, terraformPlatform } from "./versions";

interface InstallTerraform {
  readonly cache: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly release: TerraformRelease;
}

/** Path of the pinned Terraform in the cache. */
function installedTerraform(cache: string, release: TerraformRelease): string {
  return path.join(cache, "terraform", release.version, "terraform");
}

/**
 * Downloads the pinned Terraform to the cache unless it exists. Its hash is verified before it is
 * unpacked, and the program gets its name only when it is complete.
 * @returns its absolute path
 * @throws ProjectError of `download`, and `terraform-unpack`
 */
export async function installTerraform({ cache, env, progress, release }: InstallTerraform): Promise<string> {
  const program = installedTerraform(cache, release);
  if (isProgram(program)) return program;
  const folder = path.dirname(program);
  const name = `terraform_${release.version}_${terraformPlatform()}.zip`;
  const base = env.TERRAFORM_RELEASES_MIRROR || "https://releases.hashicorp.com/terraform";
  const url = `${base.replace(/\/+$/, "")}/${release.version}/${name}`;
  const sha256 = release.sha256[terraformPlatform()] ?? "";
  const work = async () => {
    if (isProgram(program)) return program;
    await mkdir(folder, { recursive: true });
    const archive = path.join(folder, name);
    const unpacked = `${program}.unpacking`;
    try {
      await progress.step(`Terraform ${release.version}`, async (report) => {
        await download({ url, file: archive, sha256, env, report });
        await unpack(archive, unpacked);
      });
      await rename(unpacked, program);
    } finally {
      await rm(archive, { force: true });
      await rm(unpacked, { force: true });
    }
    return program;
  };
  const onWait = () => progress.note("waiting for another process that downloads Terraform …");
  return withLock(`${folder}.lock`, work, { onWait });
}

async function unpack(archive: string, target: string): Promise<void> {
  try {
    await unzipProgram(archive, "terraform", target);
  } catch (cause) {
    throw new ProjectError({
      code: "terraform-unpack",
      message: `cannot unpack ${archive}: ${cause instanceof Error ? cause.message : String(cause)}.`,
      found: archive,
      fix: "check the free disk space, then run the command again",
      cause,
    });
  }
}
