import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** @param {string} root */
export function stampPath(root) {
  return path.join(root, "node_modules", ".setup-stamp");
}

/**
 * What node_modules depends on: the content of the lock file, Node's major version (native addons),
 * and the platform.
 */
export async function wantedStamp(root) {
  const lock = await readFile(path.join(root, "package-lock.json"));
  const sha256 = createHash("sha256").update(lock).digest("hex");
  return `${sha256} node${process.versions.node.split(".")[0]} ${process.platform}-${process.arch}\n`;
}

/** @param {string} root @returns {Promise<string | undefined>} */
export async function currentStamp(root) {
  try {
    return await readFile(stampPath(root), "utf8");
  } catch {
    return undefined;
  }
}

/**
 * Whether `npm ci` or `npm install`, run by hand, has installed everything. npm ends each
 * installation by writing node_modules/.package-lock.json, which lists the installed packages.
 * @param {string} root
 */
export async function installedByNpm(root) {
  // A stamp of our own that differs only in Node or the platform means that native packages may not
  // fit.
  const [hash, ...rest] = ((await currentStamp(root)) ?? "").split(" ");
  if (hash !== "" && rest.join(" ") !== (await wantedStamp(root)).split(" ").slice(1).join(" ")) return false;
  try {
    const wanted = await packages(path.join(root, "package-lock.json"));
    const installed = await packages(path.join(root, "node_modules", ".package-lock.json"));
    for (const [name, { version, integrity, optional }] of wanted) {
      const found = installed.get(name);
      if (found === undefined ? !optional : found.version !== version || found.integrity !== integrity)
        return false;
      if (found !== undefined && !existsSync(path.join(root, name, "package.json"))) return false;
    }
    return [...installed.keys()].every((name) => wanted.has(name));
  } catch {
    return false;
  }
}

/**
 * @param {string} file @returns {Promise<Map<string, { version: string, integrity: string,
 * optional?: boolean }>>}
 */
async function packages(file) {
  const entries = Object.entries(JSON.parse(await readFile(file, "utf8")).packages);
  return new Map(entries.filter(([name]) => name !== ""));
}
