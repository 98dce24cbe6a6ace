import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { groupBy } from "../../lib/collections/group-by";
import { repositoryRoot } from "../../lib/programs/cache";

const NODE_MODULES = "node_modules/";
const names = z.record(z.string(), z.string()).optional();
/**
 * Of package.json, and of npm's lock files
 * (https://docs.npmjs.com/cli/configuring-npm/package-lock-json).
 */
const manifest = z.looseObject({ dependencies: names, devDependencies: names, overrides: names });
const locked = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({ dependencies: names, optionalDependencies: names, peerDependencies: names }),
  ),
});
type Packages = z.infer<typeof locked>["packages"];

/**
 * Links the packages of this clone that a project asks for into its `node_modules`, which npm then
 * need not unpack: it keeps those that fit, removes those that nothing needs, and adds what is
 * missing. Where they cannot be linked, npm installs all.
 * @param project folder with a package.json and without `node_modules`
 */
export function lendPackages(project: string): void {
  const { dependencies, devDependencies, overrides } = manifest.parse(
    JSON.parse(readFileSync(path.join(project, "package.json"), "utf8")),
  );
  // npm's own list of what it has installed here: read in a project, it need not look at every
  // package.
  const list = readFileSync(path.join(repositoryRoot, NODE_MODULES, ".package-lock.json"), "utf8");
  const installed = locked.parse(JSON.parse(list));
  const wanted = Object.keys({ ...dependencies, ...devDependencies });
  const lent = neededBy(wanted, installed.packages, new Set(Object.keys(overrides ?? {})));
  try {
    const whole = [...lent].filter((folder) => folder.lastIndexOf(NODE_MODULES) === 0);
    for (const [parent, folders] of groupBy(whole, path.dirname)) link(folders, path.join(project, parent));
    const packages = Object.fromEntries(
      Object.entries(installed.packages).filter(([folder]) => lent.has(folder)),
    );
    writeFileSync(
      path.join(project, NODE_MODULES, ".package-lock.json"),
      JSON.stringify({ ...installed, packages }),
    );
  } catch {
    rmSync(path.join(project, NODE_MODULES), { recursive: true, force: true });
  }
}

function link(folders: readonly string[], into: string): void {
  mkdirSync(into, { recursive: true });
  const sources = folders.map((folder) => path.join(repositoryRoot, folder));
  execFileSync("cp", ["-Rl", ...sources, into], { stdio: "ignore" });
}

/** The folders of these packages, and of all that they need, without what the project replaces. */
function neededBy(
  wanted: readonly string[],
  packages: Packages,
  replaced: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (from: string, name: string): void => {
    const folder = replaced.has(name) ? undefined : resolved(from, name, packages);
    if (folder === undefined || found.has(folder)) return;
    found.add(folder);
    const { dependencies, optionalDependencies, peerDependencies } = packages[folder] ?? {};
    for (const other of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }))
      add(folder, other);
  };
  for (const name of wanted) add("", name);
  return found;
}

/** As Node finds a package: in the nearest `node_modules` above. */
function resolved(from: string, name: string, packages: Packages): string | undefined {
  const folder = `${from === "" ? "" : `${from}/`}${NODE_MODULES}${name}`;
  if (Object.hasOwn(packages, folder)) return folder;
  if (from === "") return undefined;
  const end = from.lastIndexOf(NODE_MODULES);
  return resolved(from.slice(0, Math.max(0, end - 1)), name, packages);
}
