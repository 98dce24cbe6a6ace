import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";
import type { StateEncryption } from "../lib/config/model/account-model";
import { parseArn } from "../lib/config/rules/arn";

/** OpenTofu stores it with what it has encrypted: another name could not decrypt that. */
const NAME = "state";
const METHOD = `method.aes_gcm.${NAME}`;
const UNENCRYPTED = "migrate";

/**
 * Encryption of the state and of plan files (OpenTofu docs, "State and Plan Encryption"). Terraform
 * refuses the block. Enforced: unencrypted ones are neither written nor read, and TF_ENCRYPTION
 * cannot change that. While an account migrates, unencrypted states are read.
 */
export class StateEncryptionBlock extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly encryption: StateEncryption,
  ) {
    super(scope, id);
  }

  override toTerraform(): unknown {
    const { keyProvider, migrates } = this.encryption;
    const enforced = { method: METHOD, enforced: true };
    // In JSON, a reference is written bare where OpenTofu reads no expression but a reference.
    const migrating = { method: METHOD, fallback: { method: `method.unencrypted.${UNENCRYPTED}` } };
    const encryption = {
      key_provider: { [keyProvider]: { [NAME]: this.keySettings() } },
      method: {
        aes_gcm: { [NAME]: { keys: `\${key_provider.${keyProvider}.${NAME}}` } },
        ...(migrates ? { unencrypted: { [UNENCRYPTED]: {} } } : {}),
      },
      state: migrates ? migrating : enforced,
      plan: enforced,
    };
    return { terraform: { encryption } };
  }

  /** The passphrase of pbkdf2 is never written: TF_ENCRYPTION adds it. */
  private keySettings(): Readonly<Record<string, string>> {
    if (this.encryption.keyProvider === "pbkdf2") return {};
    const { kmsKey } = this.encryption;
    // Of AES_256, as AES-GCM needs it.
    return { kms_key_id: kmsKey, key_spec: "AES_256", region: parseArn(kmsKey)?.region ?? "" };
  }
}
