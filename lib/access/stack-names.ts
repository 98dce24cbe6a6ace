import type { Access, Account } from "./model";

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

/** Every stack of the account, in the order in which they depend on each other. */
export function stackNames(access: Access, account: Account): readonly string[] {
  const projects = access.projects.filter(({ roles }) =>
    roles.some((role) => role.account.key === account.key),
  );
  return [
    stateStackName(account),
    identityStackName(account),
    ...projects.map(({ key }) => projectStackName(account, key)),
  ];
}
