const {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} = require("node:fs");
const path = require("node:path");
const { encryptionOf } = require("./encryption.cjs");

const OWN = new Set([".terraform", ".terraform.lock.hcl"]);

/**
 * Writes the configuration as Terraform reads it: without `encryption`.
 * @param {string} folder of the configuration @param {string} shadow where it is written
 * @returns {ReturnType<typeof encryptionOf>}
 * @throws {Error} OpenTofu refuses the configuration
 */
function writeShadow(folder, shadow) {
  mkdirSync(shadow, { recursive: true });
  const names = readdirSync(folder).filter((name) => !OWN.has(name));
  // What the configuration no longer has. A state stays.
  for (const name of readdirSync(shadow))
    if (!OWN.has(name) && !names.includes(name) && /\.tf\.json$/.test(name)) rmSync(path.join(shadow, name));
  let encryption;
  for (const name of names) {
    const [from, to] = [path.join(folder, name), path.join(shadow, name)];
    if (!name.endsWith(".tf.json")) {
      if (lstatSync(to, { throwIfNoEntry: false }) === undefined && existsSync(from)) symlinkSync(from, to);
      continue;
    }
    const written = JSON.parse(readFileSync(from, "utf8"));
    encryption ??= written.terraform?.encryption;
    if (written.terraform !== undefined) delete written.terraform.encryption;
    writeFileSync(to, JSON.stringify(written));
  }
  return encryptionOf(encryption, process.env.TF_ENCRYPTION ?? "");
}

module.exports = { writeShadow };
