import { constants } from "node:fs";
import { access, mkdir, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { ProjectError } from "../errors";

/** The folder of this code: a clone, or the installed package. Not the user's project. */
export const repositoryRoot = path.resolve(__dirname, "..", "..");

/**
 * The folder for downloads and everything else that is made once: `OIDC_CACHE_DIR`; otherwise
 * `.cache` in a clone, and the user's cache for the installed package, whose folder every
 * installation replaces.
 */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env.OIDC_CACHE_DIR;
  if (chosen !== undefined && chosen !== "") return path.resolve(chosen);
  const isInstalled = repositoryRoot.split(path.sep).includes("node_modules");
  return isInstalled ? userCache(env) : path.join(repositoryRoot, ".cache");
}

/** As the XDG Base Directory Specification says; on macOS, as its applications do. */
function userCache({ XDG_CACHE_HOME: chosen }: NodeJS.ProcessEnv): string {
  const folder =
    chosen !== undefined && path.isAbsolute(chosen)
      ? chosen
      : path.join(homedir(), ...(process.platform === "darwin" ? ["Library", "Caches"] : [".cache"]));
  return path.join(folder, "cdktf-circleci-oidc");
}

/** Creates the cache folder. @throws ProjectError `cache-read-only` */
export async function ensureCache(cache: string): Promise<void> {
  try {
    await mkdir(cache, { recursive: true });
    await access(cache, constants.W_OK);
  } catch (cause) {
    throw new ProjectError({
      code: "cache-read-only",
      message: `the folder for downloaded tools cannot be written: ${cache}.`,
      found: cache,
      fix: "make it writable, or set OIDC_CACHE_DIR to a folder that is.",
      cause,
    });
  }
}

/** Replaces a file atomically: readers see the old content or the new, never a part. */
export async function writeAtomically(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(temporary, text);
  await rename(temporary, file);
}
