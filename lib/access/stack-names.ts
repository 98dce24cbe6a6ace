import type { Account } from "./model";

type AccountKey = Pick<Account, "key">;

/** The stack of the account's state bucket. Stack names are also state keys and folders below cdktf.out. */
export function stateStackName(account: AccountKey): string {
  return `${account.key}-state`;
}

/** The stack of the account's OIDC provider. */
export function identityStackName(account: AccountKey): string {
  return `${account.key}-identity`;
}

/** The stack of one project's roles in the account. */
export function projectStackName(account: AccountKey, project: string): string {
  return `${account.key}-${project}`;
}
