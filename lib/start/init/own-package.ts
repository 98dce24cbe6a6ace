import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../programs/cache";
import { installedFile } from "../../programs/installed-file";

const manifest = z.object({ version: z.string() });

/** What a new project depends on, to get the code that runs. */
export interface OwnPackage {
  /** As package.json names it: a version, or a file. */
  readonly specifier: string;
  /** The tarball that the project keeps, where the specifier names it. */
  readonly tarball?: { readonly file: string; readonly bytes: Uint8Array };
}

/**
 * The version of this package or, where a tarball was installed, a copy of it in `vendor/`: a path
 * of this machine would be found by neither CI nor a colleague, and the registry may have a
 * stranger's package of that name and version.
 * @param root folder of the package
 */
export function ownPackage(root: string = repositoryRoot): OwnPackage {
  const source = installedFile(root);
  if (source === undefined)
    return {
      specifier: manifest.parse(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"))).version,
    };
  // What is no longer there cannot be copied: `npm install` names it.
  if (!existsSync(source)) return { specifier: `file:${source}` };
  const file = path.join("vendor", path.basename(source));
  return {
    specifier: `file:./vendor/${path.basename(source)}`,
    tarball: { file, bytes: readFileSync(source) },
  };
}
