import { ProjectError } from "../errors";
import { repositoryRoot } from "../programs/cache";
import { manifestOf } from "./framework";

/**
 * @param what cannot be done without them
 * @param names packages that are to be installed
 * @param folders whose code needs them; the first that has a package counts. Default: this code
 * @returns the path of the manifest of each
 * @throws ProjectError `packages-missing` with all that are not there
 */
export function requirePackages(
  what: string,
  names: readonly string[],
  folders: readonly string[] = [repositoryRoot],
): readonly string[] {
  const found = names.map((name) =>
    folders.map((folder) => manifestOf(name, folder)).find((manifest) => manifest !== undefined),
  );
  const missing = names.filter((_, index) => found[index] === undefined);
  if (missing.length === 0) return found.flatMap((file) => file ?? []);
  throw new ProjectError({
    code: "packages-missing",
    message: `${what}: these packages are not installed: ${missing.join(", ")}`,
    found: missing.join(", "),
    fix: `npm install ${missing.join(" ")}`,
  });
}
