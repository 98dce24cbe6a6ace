import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../lib/programs/cache";

const manifest = z.object({ name: z.string(), version: z.string(), license: z.string() });

/**
 * The licences of the packages that files come from, one after the other: their terms ask that they
 * go with every copy.
 * @param files from the repository's root
 */
export function licencesOf(files: readonly string[]): string {
  const folders = [...new Set(files.flatMap((file) => packageFolder(file) ?? []))].sort();
  return folders.map(licenceIn).join(`\n${"-".repeat(80)}\n\n`);
}

/** `node_modules/a/node_modules/@b/c/index.js` → `node_modules/a/node_modules/@b/c`. */
function packageFolder(file: string): string | undefined {
  return /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

function licenceIn(folder: string): string {
  const at = path.join(repositoryRoot, folder);
  const { name, version, license } = manifest.parse(
    JSON.parse(readFileSync(path.join(at, "package.json"), "utf8")),
  );
  const files = existsSync(at) ? readdirSync(at).filter((one) => /^(licen[cs]e|notice)/i.test(one)) : [];
  const texts = files.sort().map((file) => readFileSync(path.join(at, file), "utf8").trim());
  return `${[`${name} ${version} (${license})`, ...texts].join("\n\n")}\n`;
}
