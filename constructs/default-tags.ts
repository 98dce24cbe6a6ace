import type { Account } from "../lib/config/model/model";
import type { DefaultTagKey } from "../lib/config/rules/default-tags";

/**
 * Tags on everything that can carry one: what manages it, by which file, and the state that knows
 * it.
 */
export function defaultTags(account: Account, stateKey: string): Readonly<Record<DefaultTagKey, string>> {
  return {
    "managed-by": "cdktf-circleci-oidc",
    "managed-from": "access.yaml",
    "terraform-state": `s3://${account.stateBucket}/${stateKey}`,
  };
}
