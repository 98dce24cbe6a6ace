import { constants } from "node:fs";
import { access, mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { ProjectError } from "../errors";

/** The folder of this project. */
export const repositoryRoot = path.resolve(__dirname, "..", "..");

/**
 * The folder for downloads and everything else that is made once: `OIDC_CACHE_DIR`, or `.cache` in
 * this project.
 */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env.OIDC_CACHE_DIR;
  return chosen === undefined || chosen === "" ? path.join(repositoryRoot, ".cache") : path.resolve(chosen);
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
