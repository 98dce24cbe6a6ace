import type { Construct } from "constructs";
import { AccountStack, type AccountStackProps } from "../constructs/account-stack";
import { OidcProvider } from "../constructs/oidc-provider";
import type { ProviderView } from "../lib/config/model/account-view";
import { providerId } from "../lib/config/model/provider-id";
import { issuerOf } from "../lib/token/issuer";

export interface IdentityStackProps extends AccountStackProps {
  readonly providers: readonly ProviderView[];
}

/** The OIDC providers of an account, which its roles trust: one for each organization. */
export class IdentityStack extends AccountStack {
  constructor(scope: Construct, id: string, props: IdentityStackProps) {
    super(scope, id, props);
    for (const { organization, audiences } of props.providers) {
      new OidcProvider(this, providerId(organization), {
        issuer: issuerOf(organization),
        audiences,
        provider: props.account.provider,
      });
    }
  }
}
