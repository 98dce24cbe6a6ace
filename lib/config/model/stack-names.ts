import type { Access, Account } from "./model";

type AccountKey = Pick<Account, "key">;

/**
 * The stack of the account's state bucket. Stack names are also state keys and folders below
 * cdktf.out.
 */
export function stateStackName(account: AccountKey): string {
  return `${account.key}-state`;
}

/** The stack of the account's OIDC provider. */
export function identityStackName(account: AccountKey): string {
  return `${account.key}-identity`;
}

/**
 * The stack of the account's roles that run Terraform, and of the boundary of all others. Only an
 * administrator changes it.
 */
export function pipelineStackName(account: AccountKey): string {
  return `${account.key}-pipeline`;
}

/** The stack of one project's roles in the account, those that run Terraform left out. */
export function projectStackName(account: AccountKey, project: string): string {
  return `${account.key}-${project}`;
}

/** Every stack of the account, in the order in which they depend on each other. */
export function stackNames(access: Access, account: Account): readonly string[] {
  const within = access.projects.map(({ key, roles, buckets }) => ({
    key,
    roles: roles.filter((role) => role.account.key === account.key),
    buckets: buckets.filter((bucket) => bucket.account.key === account.key),
  }));
  const projects = within.filter(
    ({ roles, buckets }) => buckets.length > 0 || roles.some(({ terraform }) => terraform === undefined),
  );
  const isPipeline = within.some(({ roles }) => roles.some(({ terraform }) => terraform !== undefined));
  return [
    stateStackName(account),
    identityStackName(account),
    ...(isPipeline ? [pipelineStackName(account)] : []),
    ...projects.map(({ key }) => projectStackName(account, key)),
  ];
}
