import type { Account } from "../access/model";
import { issuerHost } from "../token/issuer";

/** The ARN that IAM gives the account's provider for this organization: computed, so that no stack has to read another's state. */
export function providerArn(account: Account, organization: string): string {
  return `arn:${account.partition}:iam::${account.id}:oidc-provider/${issuerHost(organization)}`;
}
