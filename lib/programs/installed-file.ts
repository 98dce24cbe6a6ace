import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const installed = z.object({
  packages: z.record(z.string(), z.looseObject({ resolved: z.string().optional() })),
});

/**
 * The tarball that the package was installed from (npm docs, "package-lock.json", `resolved`).
 * @param root folder of the package, in a node_modules
 * @returns an absolute path; undefined: it came from a registry, or is a clone
 */
export function installedFile(root: string): string | undefined {
  const lock = path.join(root, "..", ".package-lock.json");
  if (!existsSync(lock)) return undefined;
  const { packages } = installed.parse(JSON.parse(readFileSync(lock, "utf8")));
  const resolved = packages[`node_modules/${path.basename(root)}`]?.resolved;
  return resolved?.startsWith("file:") === true
    ? path.resolve(root, "..", "..", resolved.slice("file:".length))
    : undefined;
}
