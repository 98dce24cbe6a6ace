import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../programs/cache";

const NAME = "cdktf-circleci-oidc";
const manifest = z.object({ version: z.string() });
const installed = z.object({
  packages: z.record(z.string(), z.looseObject({ resolved: z.string().optional() })),
});

/**
 * What a new project depends on, to get the code that runs: its version, or the tarball that it was
 * installed from (npm docs, "package-lock.json", `resolved`).
 * @param root folder of the package
 */
export function ownSpecifier(root: string = repositoryRoot): string {
  const lock = path.join(root, "..", ".package-lock.json");
  if (existsSync(lock)) {
    const { packages } = installed.parse(JSON.parse(readFileSync(lock, "utf8")));
    const resolved = packages[`node_modules/${NAME}`]?.resolved;
    if (resolved?.startsWith("file:") === true)
      return `file:${path.resolve(root, "..", "..", resolved.slice("file:".length))}`;
  }
  return manifest.parse(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"))).version;
}
