import { createRequire } from "node:module";
import path from "node:path";
import { ProjectError } from "../errors";
import { repositoryRoot } from "../programs/cache";

/**
 * @param what cannot be done without them
 * @param names packages that are to be installed beside this code
 * @returns the path of the manifest of each
 * @throws ProjectError `packages-missing` with all that are not there
 */
export function requirePackages(what: string, names: readonly string[]): readonly string[] {
  const from = createRequire(path.join(repositoryRoot, "package.json"));
  const found = names.map((name) => {
    try {
      return from.resolve(`${name}/package.json`);
    } catch {
      return undefined;
    }
  });
  const missing = names.filter((_, index) => found[index] === undefined);
  if (missing.length === 0) return found.flatMap((file) => file ?? []);
  throw new ProjectError({
    code: "packages-missing",
    message: `${what}: these packages are not installed: ${missing.join(", ")}`,
    found: missing.join(", "),
    fix: `npm install ${missing.join(" ")}`,
  });
}
