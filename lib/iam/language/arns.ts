import type { Account, Role } from "../../config/model/model";
import { type Issuer, issuerHost } from "../../token/issuer";

/**
 * The ARN that IAM gives the account's provider for this issuer: computed, so that no stack has to
 * read another's state.
 */
export function providerArn(account: Account, issuer: Issuer): string {
  return `arn:${account.partition}:iam::${account.id}:oidc-provider/${issuerHost(issuer)}`;
}

/** The ARN of a role, its path included. */
export function roleArn({ account, path, name }: Pick<Role, "account" | "path" | "name">): string {
  return `arn:${account.partition}:iam::${account.id}:role${path}${name}`;
}
