const { createHash, randomUUID } = require("node:crypto");
const { existsSync, readdirSync, readFileSync } = require("node:fs");
const { mkdir, readdir, rename, rm, stat } = require("node:fs/promises");
const path = require("node:path");

const SOURCES = ["cli", "constructs", "dev", "lib", "setup", "stacks", "main.ts", "package-lock.json"];
/** Data that programs read when they run: most of all bytes, and not compiled. */
const READ_LATER = /^(dev\/.*|lib\/iam\/data\/(managed-policies|action-details))\.json$/;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Types and contract: compile.d.cts. */
async function compileCommands(root) {
  const all = path.join(root, ".cache", "compiled");
  const folder = path.join(all, hashOfSources(root));
  if (existsSync(folder)) return folder;
  await mkdir(all, { recursive: true });
  await removeOld(all);
  const unfinished = path.join(all, `${randomUUID()}.part`);
  const { bundle } = require("./bundle.cjs");
  await bundle({ root, outdir: unfinished, entryPoints: [...commandsIn(root), "main.ts"] });
  // Another run may have been quicker; what it has made is the same.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }));
  return folder;
}

function commandsIn(root) {
  return readdirSync(path.join(root, "cli"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.join("cli", name));
}

/**
 * The content decides, not the time of a change: an old program never runs for new sources. The
 * folder is in compiled code: a copy of a clone must not run the clone's.
 */
function hashOfSources(root) {
  const hash = createHash("sha256").update(`${path.resolve(root)}\0`);
  for (const file of SOURCES.flatMap((name) => filesBelow(root, name)).sort()) {
    hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest("hex").slice(0, 16);
}

function filesBelow(root, name) {
  if (/\.[a-z]+$/.test(name)) return [name];
  return readdirSync(path.join(root, name), { withFileTypes: true }).flatMap((entry) => {
    const below = path.join(name, entry.name);
    if (entry.isDirectory()) return filesBelow(root, below);
    if (READ_LATER.test(below.replaceAll(path.sep, "/"))) return [];
    return /\.(ts|js|cjs|mjs|json)$/.test(entry.name) ? [below] : [];
  });
}

/** What was compiled from older sources, unless a run that has just begun may use it. */
async function removeOld(all) {
  for (const name of await readdir(all)) {
    const folder = path.join(all, name);
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > DAY_MS) await rm(folder, { recursive: true, force: true });
  }
}

module.exports = { compileCommands };
