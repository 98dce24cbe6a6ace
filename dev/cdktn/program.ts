import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { cacheDirectory, repositoryRoot } from "../../lib/programs/cache";
import { bundle } from "../../setup/bundle.cjs";
import { cdktnLibraries } from "./packages";

/**
 * main.ts, compiled, where cdktf is not installed and CDK Terrain is: what writes the stacks of a
 * user who has chosen that.
 * @param folder empty, for the program and its packages
 * @throws ProjectError `cdktn-download`
 */
export async function cdktnProgram(folder: string): Promise<readonly [string, ...string[]]> {
  await mkdir(folder, { recursive: true });
  const outdir = path.join(folder, "compiled");
  const { inputs } = await bundle({ root: repositoryRoot, entryPoints: ["main.ts"], outdir });
  const modules = Object.keys(inputs).flatMap(
    (name) => /@cdktf\/provider-aws\/lib\/([\w-]+)/.exec(name)?.[1] ?? [],
  );
  const installed = await cdktnLibraries(cacheDirectory(), modules);
  await symlink(path.join(installed, "node_modules"), path.join(folder, "node_modules"));
  return [process.execPath, path.join(outdir, "main.mjs")];
}
