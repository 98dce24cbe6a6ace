import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { compareText } from "../../collections/sort";

/**
 * SHA-256 over everything that cdktf wrote into a stack's folder and Terraform reads: `cdk.tf.json`
 * and the assets, which Terraform reads again on apply.
 * @param folder `cdktf.out/stacks/NAME`
 * @throws Error if the folder is missing
 */
export function codeDigest(folder: string): string {
  const hash = createHash("sha256");
  for (const file of ["cdk.tf.json", ...assetsIn(folder)]) {
    const bytes = readFileSync(path.join(folder, file));
    hash.update(`${JSON.stringify(file)} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

/** Files below `assets` (cdktf, "Assets"), relative to the stack's folder, sorted. */
export function assetsIn(folder: string): readonly string[] {
  if (!existsSync(path.join(folder, "assets"))) return [];
  return readdirSync(path.join(folder, "assets"), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort(compareText);
}
