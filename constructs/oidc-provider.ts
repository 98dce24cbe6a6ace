import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import type { AccountProvider } from "../lib/config/model/model";
import { type Issuer, issuerUrl } from "../lib/token/issuer";
import { taggingOf } from "./account-stack";
import { terraformLiteral } from "./terraform-literal";

export interface OidcProviderProps {
  /** The issuer of the trusted tokens. */
  readonly issuer: Issuer;
  /** The audiences of the provider: 1-100, sorted. */
  readonly audiences: readonly string[];
  /** Its other settings in access.yaml. */
  readonly provider: AccountProvider;
}

/**
 * The OIDC provider of the organization's issuer. Without thumbprints: AWS verifies the issuer's
 * certificate with its own root CAs (IAM User Guide, "Obtain the thumbprint for an OIDC provider").
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
      ...taggingOf(this, provider),
    });
  }
}
