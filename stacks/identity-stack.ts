import type { Construct } from "constructs";
import { AccountStack, type AccountStackProps } from "../constructs/account-stack";
import { OidcProvider, type OidcProviderProps } from "../constructs/oidc-provider";

export interface IdentityStackProps extends AccountStackProps, Omit<OidcProviderProps, "provider"> {}

/** One provider an account: all roles in it trust it. */
export class IdentityStack extends AccountStack {
  constructor(scope: Construct, id: string, props: IdentityStackProps) {
    super(scope, id, props);
    new OidcProvider(this, "circleci", { ...props, provider: props.account.provider });
  }
}
