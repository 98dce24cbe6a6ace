import type { Construct } from "constructs";
import { AccountStack, type AccountStackProps } from "../constructs/account-stack";
import { OidcProvider, type OidcProviderProps } from "../constructs/oidc-provider";

export interface IdentityStackProps extends AccountStackProps, Omit<OidcProviderProps, "provider"> {}

/** The OIDC provider of an account, which all of its roles trust. */
export class IdentityStack extends AccountStack {
  constructor(scope: Construct, id: string, props: IdentityStackProps) {
    super(scope, id, props);
    new OidcProvider(this, "circleci", { ...props, provider: props.account.provider });
  }
}
