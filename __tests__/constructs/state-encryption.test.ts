import { encryptionOf } from "../../dev/e2e/opentofu/encryption.cjs";
import type { StateEncryption } from "../../lib/config/model/account-model";
import { anAccess, anAccount } from "../fixtures/access";
import { type StackJson, synth } from "../stacks/synth";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/0d5b4a52-9e7d-4c6f-8b7a-1d11f4602d2c";
const PASSPHRASE = 'key_provider "pbkdf2" "state" { passphrase = "correct horse battery" }';
const [ZIP, SEALED] = [Buffer.from("PK\u0003\u0004a plan"), /^\{.*"encryption_version":"v0"/];

/** The `encryption` block of an account's stacks, which all have the same. */
function blockOf(stateEncryption?: StateEncryption): unknown {
  const account = { ...anAccount(), ...(stateEncryption === undefined ? {} : { stateEncryption }) };
  const written = synth(anAccess({ accounts: [account] }));
  const blocks = written.manifest.map(({ name }) => terraformIn(written.json(name)));
  expect(blocks.length).toBeGreaterThan(1);
  for (const block of blocks) expect(block).toEqual(blocks[0]);
  return blocks[0];
}

function terraformIn({ terraform }: StackJson): unknown {
  if (typeof terraform !== "object" || terraform === null) throw new Error("no terraform block");
  return "encryption" in terraform ? terraform.encryption : undefined;
}

const TARGET = { method: "method.aes_gcm.state", enforced: true };

test("a KMS key: state and plans are encrypted, and nothing else is written or read", () => {
  const block = blockOf({ keyProvider: "aws_kms", kmsKey: KEY, migrates: false });
  expect(block).toEqual({
    key_provider: { aws_kms: { state: { kms_key_id: KEY, key_spec: "AES_256", region: "us-east-1" } } },
    method: { aes_gcm: { state: { keys: `\${key_provider.aws_kms.state}` } } },
    state: TARGET,
    plan: TARGET,
  });
  const openTofu = encryptionOf(block, "");
  expect(openTofu.seal(ZIP).toString()).toMatch(SEALED);
  expect(openTofu.open(openTofu.seal(ZIP))).toEqual(ZIP);
  expect(() => openTofu.open(ZIP)).toThrow(/unencrypted payload/);
});

test("a passphrase is in no file: without TF_ENCRYPTION, nothing runs", () => {
  const block = blockOf({ keyProvider: "pbkdf2", migrates: false });
  expect(block).toEqual({
    key_provider: { pbkdf2: { state: {} } },
    method: { aes_gcm: { state: { keys: `\${key_provider.pbkdf2.state}` } } },
    state: TARGET,
    plan: TARGET,
  });
  expect(() => encryptionOf(block, "")).toThrow(/no passphrase/);
  expect(() => encryptionOf(block, PASSPHRASE.replace("state", "other"))).toThrow(/no passphrase/);
  expect(() => encryptionOf(block, PASSPHRASE.replace(" battery", ""))).toThrow(/too short/);
  expect(encryptionOf(block, PASSPHRASE).seal(ZIP).toString()).toMatch(SEALED);
});

test("while an account migrates, states that are not encrypted are read; plans are encrypted at once", () => {
  const block = blockOf({ keyProvider: "aws_kms", kmsKey: KEY, migrates: true });
  expect(block).toMatchObject({
    method: { unencrypted: { migrate: {} } },
    state: { method: "method.aes_gcm.state", fallback: { method: "method.unencrypted.migrate" } },
    plan: TARGET,
  });
  expect(JSON.stringify(block).match(/enforced/g)).toHaveLength(1);
  // OpenTofu would refuse the fallback beside `enforced`.
  expect(() => encryptionOf(block, "")).not.toThrow();
  expect(() =>
    encryptionOf(
      { ...Object(block), state: { ...TARGET, fallback: { method: "method.unencrypted.migrate" } } },
      "",
    ),
  ).toThrow(/forbidden/);
});

test("an account without it has no such block, which Terraform would refuse", () => {
  expect(blockOf()).toBeUndefined();
});
