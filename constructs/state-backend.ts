import type { TerraformStack } from "cdktf";
import { S3Backend } from "cdktf";
import type { Account } from "../lib/config/model/model";

/** The object that holds a stack's state. */
export function stateKey(stack: string): string {
  return `${stack}.tfstate`;
}

/**
 * State in the account's bucket: encrypted, with S3 state locking, and never in a bucket of another
 * account.
 */
export class StateBackend extends S3Backend {
  constructor(stack: TerraformStack, account: Account, key: string) {
    super(stack, {
      bucket: account.stateBucket,
      key,
      region: account.region,
      encrypt: true,
      allowedAccountIds: [account.id],
    });
    // S3BackendConfig of cdktf 0.21 does not have it. Requires Terraform 1.11.
    this.addOverride("use_lockfile", true);
  }
}
