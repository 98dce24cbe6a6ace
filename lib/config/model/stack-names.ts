import type { Account } from "./model";

type AccountKey = Pick<Account, "key">;

// A stack's name is also the key of its state and its folder below cdktf.out.

/** The stack of the account's state bucket. */
export function stateStackName(account: AccountKey): string {
  return `${account.key}-state`;
}

/** The stack of the account's OIDC provider. */
export function identityStackName(account: AccountKey): string {
  return `${account.key}-identity`;
}

/**
 * The stack of the roles that run Terraform in the account, and of the permissions boundary of all
 * others. Only an administrator deploys it.
 */
export function pipelineStackName(account: AccountKey): string {
  return `${account.key}-pipeline`;
}

/**
 * The stack of one project's roles and buckets in the account, without roles that run Terraform.
 */
export function projectStackName(account: AccountKey, project: string): string {
  return `${account.key}-${project}`;
}
