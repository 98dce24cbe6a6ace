import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import path from "node:path";
import { ProjectError } from "../../lib/errors";
import { runGuarded } from "../../lib/process/run-guarded";
import { repositoryRoot } from "../../lib/programs/cache";
import { withLock } from "../../setup/lock.cjs";

/** A package of npm, with the hash that its archive must have. */
interface Pinned {
  readonly name: string;
  readonly version: string;
  /** SHA-512 of the archive, in base64, as npm's `integrity` has it. */
  readonly sha512: string;
}

const CDKTN: Pinned = {
  name: "cdktn",
  version: "0.24.0",
  sha512: "Ok7kYlM2BWyXebnQi4Se9JPsjsRZKoVtkyshkVEkhHY/fGWonMvdWvivXmdB6caBGcQ8cwioQOZXKkps+dCnZg==",
};
const CONSTRUCTS: Pinned = {
  name: "constructs",
  version: "10.6.0",
  sha512: "TxHOnBO5zMo/G76ykzGF/wMpEHu257TbWiIxP9K0Yv/+t70UzgBQiTqjkAsWOPC6jW91DzJI0+ehQV6xDRNBuQ==",
};
const PROVIDER: Pinned = {
  name: "@cdktn/provider-aws",
  version: "25.7.0",
  sha512: "E/nhu0yVZE4mXMgIPuI8tEFt1BExLkA7ARjihdG+/HmfDfzLr+OEF3dkFRvI6glRt30lrrBWQLwXqCJBxcmyUg==",
};

/**
 * CDK Terrain's packages as our compiled code loads them, in the cache. Unpacked, the provider's bindings
 * take 350 MB; of those, only the named modules are.
 * @param modules such as `iam-role`
 * @returns the folder whose `node_modules` they are in
 * @throws ProjectError `cdktn-download`
 */
export async function cdktnLibraries(cache: string, modules: readonly string[]): Promise<string> {
  const wanted = [...new Set([...modules, "provider", "provider-functions"])].sort();
  const hash = createHash("sha256")
    .update(JSON.stringify([CDKTN, CONSTRUCTS, PROVIDER, wanted]))
    .digest("hex");
  return whole(path.join(cache, "cdktn", `libraries-${hash.slice(0, 16)}`), async (folder) => {
    const files = wanted.map((name) => `package/lib/${name}`);
    await Promise.all([
      unpack(CDKTN, folder, []),
      unpack(CONSTRUCTS, folder, []),
      unpack(PROVIDER, folder, ["package/package.json", ...files]),
    ]);
  });
}

/**
 * CDK Terrain's CLI with the libraries that it needs, in the cache: 190 MB.
 * @returns the folder whose `node_modules` it is in
 * @throws ProjectError `cdktn-download`
 */
export async function cdktnCli(cache: string): Promise<string> {
  const source = path.join(repositoryRoot, "dev", "cdktn", "cli");
  const lock = readFileSync(path.join(source, "package-lock.json"));
  const hash = createHash("sha256").update(lock).digest("hex").slice(0, 16);
  return whole(path.join(cache, "cdktn", `cli-${hash}`), async (folder) => {
    for (const name of ["package.json", "package-lock.json"])
      await copyFile(path.join(source, name), path.join(folder, name));
    // Its peers are jsii and the generator of bindings, which no deploy uses.
    const flags = ["--legacy-peer-deps", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
    await npm(["ci", ...flags], folder);
  });
}

/** Makes a folder unless it is there; it gets its name when it is complete. */
async function whole(folder: string, make: (unfinished: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  await mkdir(path.dirname(folder), { recursive: true });
  return withLock(`${folder}.lock`, async () => {
    if (existsSync(folder)) return folder;
    const unfinished = await mkdtemp(`${folder}-`);
    try {
      await make(unfinished);
      await rename(unfinished, folder);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
    return folder;
  });
}

/** @param members of the archive; none: all */
async function unpack(
  { name, version, sha512 }: Pinned,
  folder: string,
  members: readonly string[],
): Promise<void> {
  const scratch = await mkdtemp(path.join(folder, "archive-"));
  await npm(["pack", "--silent", "--pack-destination", scratch, `${name}@${version}`], scratch);
  const archive = path.join(scratch, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
  const found = createHash("sha512").update(readFileSync(archive)).digest("base64");
  if (found !== sha512) throw failed(`${name}@${version} has SHA-512 ${found}, and ${sha512} is pinned`);
  const target = path.join(folder, "node_modules", name);
  await mkdir(target, { recursive: true });
  await run("tar", ["-xzf", archive, "--strip-components", "1", "-C", target, ...members], folder);
  await rm(scratch, { recursive: true });
}

function npm(args: readonly string[], folder: string): Promise<void> {
  return run("npm", args, folder);
}

async function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runGuarded(program, [...args], { cwd });
  if (exitCode !== 0) throw failed(`${program} ${args[0]}: ${(stderr || stdout).trim()}`);
}

function failed(why: string): ProjectError {
  return new ProjectError({
    code: "cdktn-download",
    message: `CDK Terrain could not be installed for its tests: ${why}`,
    found: why,
    fix: "check the network and npm's registry, then run the command again",
  });
}
