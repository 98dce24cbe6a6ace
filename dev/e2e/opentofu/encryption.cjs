const METADATA = { meta: {}, encryption_version: "v0" };

/**
 * What OpenTofu does with an `encryption` block, as far as it can be seen outside: it refuses a
 * wrong one (OpenTofu 1.13-dev, `internal/encryption`: config_merge.go, targets.go,
 * keyprovider/pbkdf2, keyprovider/aws_kms), and writes plan files that are no zip archives
 * (`base.go`, `basedata`). Nothing is really encrypted, and the state is not touched.
 * @param {any} block of the configuration; undefined: none
 * @param {string} own TF_ENCRYPTION
 * @returns {{ seal: (plan: Buffer) => Buffer, open: (file: Buffer) => Buffer }}
 * @throws {Error} as OpenTofu refuses it
 */
function encryptionOf(block, own) {
  const merged = mergeKeys(block ?? {}, own);
  const methods = Object.keys(merged).length === 0 ? [] : methodsFor(merged, "plan");
  if (block !== undefined) methodsFor(merged, "state");
  const isSealed = methods.length > 0 && methods[0] !== "unencrypted";
  const mayBeOpen = methods.length === 0 || methods.includes("unencrypted");
  return {
    seal: (plan) =>
      isSealed ? Buffer.from(JSON.stringify({ ...METADATA, encrypted_data: plan.toString("base64") })) : plan,
    open: (file) => {
      const isPlain = file.subarray(0, 2).toString() === "PK";
      if (isPlain && !mayBeOpen)
        throw new Error("encountered unencrypted payload without unencrypted method configured");
      if (isPlain) return file;
      if (!isSealed) throw new Error("unable to determine data structure during decryption");
      return Buffer.from(JSON.parse(file.toString()).encrypted_data, "base64");
    },
  };
}

/** TF_ENCRYPTION adds arguments to the key providers of the configuration. */
function mergeKeys(block, own) {
  const [, name, passphrase] =
    /key_provider\s+"pbkdf2"\s+"(\w+)"\s*\{\s*passphrase\s*=\s*"([^"]*)"\s*\}/.exec(own) ?? [];
  if (own !== "" && name === undefined) throw new Error("Failed to load encryption configuration");
  if (name === undefined) return block;
  const keys = block.key_provider ?? {};
  const pbkdf2 = { ...keys.pbkdf2, [name]: { ...keys.pbkdf2?.[name], passphrase } };
  return { ...block, key_provider: { ...keys, pbkdf2 } };
}

/** The types of the methods of `state` or `plan`, fallbacks included. */
function methodsFor(block, target) {
  const found = [];
  for (let at = block[target]; at !== undefined; at = at.fallback) {
    const [, type, name] = /^method\.(\w+)\.(\w+)$/.exec(at.method) ?? [];
    const method = block.method?.[type]?.[name];
    if (method === undefined) throw new Error("Reference to undeclared encryption method");
    if (type === "aes_gcm") checkKeys(block, method.keys);
    else if (type !== "unencrypted") throw new Error(`Unknown encryption method "${type}"`);
    if (type === "unencrypted" && block[target].enforced === true)
      throw new Error("Unencrypted method is forbidden: the enforced flag is set");
    found.push(type);
  }
  return found;
}

function checkKeys(block, reference) {
  const [, type, name] = /^\$\{key_provider\.(\w+)\.(\w+)\}$/.exec(reference) ?? [];
  const keys = block.key_provider?.[type]?.[name];
  if (keys === undefined) throw new Error("Undefined key provider");
  const known = { pbkdf2: ["passphrase"], aws_kms: ["kms_key_id", "key_spec", "region"] }[type];
  if (known === undefined) throw new Error(`Unknown key_provider type "${type}"`);
  const other = Object.keys(keys).filter((key) => !known.includes(key));
  if (other.length > 0) throw new Error(`Extraneous JSON object property: ${other.join(", ")}`);
  if (type === "pbkdf2" && keys.passphrase === undefined)
    throw new Error("no passphrase provided and no chained provider defined");
  if (type === "pbkdf2" && keys.passphrase.length < 16)
    throw new Error("passphrase is too short (minimum 16 characters)");
  if (type === "aws_kms" && !(keys.kms_key_id && keys.key_spec === "AES_256" && keys.region))
    throw new Error("the arguments kms_key_id, key_spec and region are required");
}

module.exports = { encryptionOf };
