import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { withLock } from "../../setup/lock.cjs";
import { ProjectError } from "../errors";
import { download } from "../programs/download";
import { isProgram } from "../programs/find-program";
import type { Progress } from "../programs/progress";
import { hashInZip, unzipProgram } from "../programs/unzip";
import { sha256OfFile } from "../project/sha256";
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
 * unpacked, and the program gets its name only when it is complete. The archive stays beside it: a
 * program that exists is compared with it, and the archive with the pinned hash, each time before
 * it is used. If either differs, both are replaced.
 * @returns its absolute path
 * @throws ProjectError of `download`, and `terraform-unpack`
 */
export async function installTerraform({ cache, env, progress, release }: InstallTerraform): Promise<string> {
  const program = installedTerraform(cache, release);
  const folder = path.dirname(program);
  const name = `terraform_${release.version}_${terraformPlatform()}.zip`;
  const archive = path.join(folder, name);
  const base = env.TERRAFORM_RELEASES_MIRROR || "https://releases.hashicorp.com/terraform";
  const url = `${base.replace(/\/+$/, "")}/${release.version}/${name}`;
  const sha256 = release.sha256[terraformPlatform()] ?? "";
  if (await isAuthentic(program, archive, sha256)) return program;
  const work = async () => {
    if (await isAuthentic(program, archive, sha256)) return program;
    if (isProgram(program))
      progress.note(`Terraform ${release.version} in the cache is not the pinned release: it is replaced`);
    await rm(program, { force: true });
    await mkdir(folder, { recursive: true });
    const unpacked = `${program}.unpacking`;
    try {
      await progress.step(`Terraform ${release.version}`, async (report) => {
        await download({ url, file: archive, sha256, env, report });
        await unpack(archive, unpacked);
      });
      await rename(unpacked, program);
    } catch (error) {
      await rm(archive, { force: true });
      throw error;
    } finally {
      await rm(unpacked, { force: true });
    }
    return program;
  };
  const onWait = () => progress.note("waiting for another process that downloads Terraform …");
  return withLock(`${folder}.lock`, work, { onWait });
}

/** Whether the program is what the archive has, and the archive what is pinned. */
async function isAuthentic(program: string, archive: string, sha256: string): Promise<boolean> {
  if (!isProgram(program) || sha256OfFile(archive) !== sha256) return false;
  return sha256OfFile(program) === (await hashInZip(archive, "terraform"));
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
