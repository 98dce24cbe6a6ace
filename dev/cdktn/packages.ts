import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { copyFile, cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import path from "node:path";
import { ProjectError } from "../../lib/errors";
import { repositoryRoot } from "../../lib/programs/cache";
import { withLock } from "../../setup/lock.cjs";
import { type PinnedPackage, runOrFail, unpackPackage } from "../tools/npm-archive";

const CDKTN: PinnedPackage = {
  name: "cdktn",
  version: "0.24.0",
  sha512: "Ok7kYlM2BWyXebnQi4Se9JPsjsRZKoVtkyshkVEkhHY/fGWonMvdWvivXmdB6caBGcQ8cwioQOZXKkps+dCnZg==",
};
const CONSTRUCTS: PinnedPackage = {
  name: "constructs",
  version: "10.6.0",
  sha512: "TxHOnBO5zMo/G76ykzGF/wMpEHu257TbWiIxP9K0Yv/+t70UzgBQiTqjkAsWOPC6jW91DzJI0+ehQV6xDRNBuQ==",
};
const PROVIDER: PinnedPackage = {
  name: "@cdktn/provider-aws",
  version: "25.7.0",
  sha512: "E/nhu0yVZE4mXMgIPuI8tEFt1BExLkA7ARjihdG+/HmfDfzLr+OEF3dkFRvI6glRt30lrrBWQLwXqCJBxcmyUg==",
};

/**
 * CDK Terrain's packages as our compiled code loads them, in the cache. Unpacked, the provider's
 * bindings take 350 MB; of those, only the named modules are.
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
    const unpackInto = (one: PinnedPackage, members: readonly string[]): Promise<void> =>
      unpackPackage(one, members, path.join(folder, "node_modules", one.name), failed);
    await Promise.all([
      unpackInto(CDKTN, []),
      unpackInto(CONSTRUCTS, []),
      unpackInto(PROVIDER, ["package/package.json", ...files]),
    ]);
  });
}

/**
 * CDK Terrain's CLI with the libraries that it needs, in the cache: 30 MB. As in a project of
 * `init`, what a deploy does not use is left out, which is most of the packages.
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
    const vendor = path.join("vendor", "not-needed");
    await cp(path.join(repositoryRoot, "template", vendor), path.join(folder, vendor), { recursive: true });
    const notNeeded = path.join(repositoryRoot, "lib", "terraform", "cdktf-not-needed.cjs");
    await copyFile(notNeeded, path.join(folder, vendor, "index.js"));
    // Its peers are jsii and the generator of bindings, which no deploy uses.
    const flags = ["--legacy-peer-deps", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
    await runOrFail("npm", ["ci", ...flags], folder, failed);
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

function failed(why: string): ProjectError {
  return new ProjectError({
    code: "cdktn-download",
    message: `CDK Terrain could not be installed for its tests: ${why}`,
    found: why,
    fix: "check the network and npm's registry, then run the command again",
  });
}
