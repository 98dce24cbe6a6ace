const { createHash } = require("node:crypto");
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} = require("node:fs");
const path = require("node:path");

const OPENTOFU = "registry.opentofu.org";
const TERRAFORM = "registry.terraform.io";

/** @param {string} text of OpenTofu @returns {string} */
const ofTerraform = (text) => text.replaceAll(OPENTOFU, TERRAFORM);

/** @param {string} text of Terraform @returns {string} */
const ofOpenTofu = (text) => text.replaceAll(TERRAFORM, OPENTOFU);

/**
 * A lock file as Terraform reads it. Of a provider that has a block of either registry, OpenTofu
 * reads its own (`internal/depsfile`, `UpgradeFromPredecessorProject`).
 * @param {string} text @returns {string}
 */
function lockOfTerraform(text) {
  const own = new Set(
    [...text.matchAll(/^provider "registry\.opentofu\.org\/([^"]+)"/gm)].map(([, name]) => name),
  );
  const blocks = /^provider "registry\.terraform\.io\/([^"]+)" \{\n[^}]*\n\}\n/gm;
  return ofTerraform(text.replace(blocks, (block, name) => (own.has(name) ? "" : block)));
}

/**
 * The CLI configuration as Terraform reads it, written beside it. Its mirrors are laid out for
 * OpenTofu: what they have below Terraform's host is not seen.
 * @param {string | undefined} file @returns {string}
 */
function cliConfig(file) {
  if (file === undefined || !existsSync(file) || file === "/dev/null") return "/dev/null";
  const text = readFileSync(file, "utf8");
  const beside = `${file}.stand-in`;
  const mirrored = text.replace(
    /(filesystem_mirror \{\s*path *= )("(?:[^"\\]|\\.)*")/g,
    (_, before, folder) => before + JSON.stringify(mirrorFor(JSON.parse(folder), beside)),
  );
  mkdirSync(beside, { recursive: true });
  const written = path.join(beside, "terraform.rc");
  const unfinished = `${written}.${process.pid}`;
  writeFileSync(unfinished, ofTerraform(mirrored));
  renameSync(unfinished, written);
  return written;
}

/**
 * Links to unpacked providers, below Terraform's host. Terraform follows links to packages only.
 * @param {string} folder with the layout of OpenTofu's registry
 * @param {string} beside where a mirror is made @returns {string}
 */
function mirrorFor(folder, beside) {
  const there = path.join(beside, createHash("sha256").update(folder).digest("hex").slice(0, 16));
  mkdirSync(there, { recursive: true });
  const from = path.join(folder, OPENTOFU);
  for (const one of packagesBelow(from)) {
    const link = path.join(there, TERRAFORM, one);
    mkdirSync(path.dirname(link), { recursive: true });
    try {
      symlinkSync(path.join(from, one), link);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
  }
  return there;
}

/** `NAMESPACE/TYPE/VERSION/PLATFORM` of each. */
function packagesBelow(folder, depth = 4) {
  if (depth === 0) return [""];
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder).flatMap((name) =>
    packagesBelow(path.join(folder, name), depth - 1).map((below) => path.join(name, below)),
  );
}

/**
 * Terraform on the PATH, but for those that may run this program: the one of end-to-end tests, and
 * one beside what TERRAFORM_BINARY_NAME names, whose folder oidc puts first.
 */
function findTerraform() {
  const named = path.dirname(process.env.TERRAFORM_BINARY_NAME ?? "");
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const all = folders.filter((folder) => !folder.startsWith(path.dirname(__dirname)) && folder !== named);
  return all.map((folder) => path.join(folder, "terraform")).find((file) => existsSync(file)) ?? "terraform";
}

module.exports = { OPENTOFU, TERRAFORM, cliConfig, findTerraform, lockOfTerraform, ofOpenTofu, ofTerraform };
