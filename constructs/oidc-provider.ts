import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import type { AccountProvider } from "../lib/config/model/model";
import { type Issuer, issuerUrl } from "../lib/token/issuer";
import { AccountStack } from "./account-stack";
import { terraformLiteral } from "./terraform-literal";

export interface OidcProviderProps {
  /** Who signs the tokens that are trusted. */
  readonly issuer: Issuer;
  /** Every audience that a role in the account asks for: 1-100, sorted. */
  readonly audiences: readonly string[];
  /** What else the file says of it. */
  readonly provider: AccountProvider;
}

/**
 * The account's trust in the organization's own issuer. No thumbprints: AWS checks the issuer's
 * certificate against its own roots (IAM User Guide, "Obtain the thumbprint for an OIDC provider").
 */
export class OidcProvider extends Construct {
  constructor(scope: Construct, id: string, props: OidcProviderProps) {
    super(scope, id);
    const { provider } = props;
    new IamOpenidConnectProvider(this, "Default", {
      url: issuerUrl(props.issuer),
      clientIdList: props.audiences.map(terraformLiteral),
      ...(Object.keys(provider.awsTags).length === 0 ? {} : { tags: { ...provider.awsTags } }),
      ...(provider.isProtected ? { lifecycle: { preventDestroy: true } } : {}),
      ...AccountStack.of(this).tagging(provider),
    });
  }
}
