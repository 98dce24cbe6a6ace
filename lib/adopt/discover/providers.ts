import {
  GetOpenIDConnectProviderCommand,
  type IAMClient,
  ListOpenIDConnectProvidersCommand,
} from "@aws-sdk/client-iam";
import { type Issuer, issuerOrigin, issuerUrl } from "../../token/issuer";
import { type FoundProvider, type ProviderKind, tagsOf } from "../inventory/inventory";
import type { AwsReader } from "./aws-reader";

/**
 * The account's OIDC providers for CircleCI cloud and the organizations' CircleCI Servers, sorted
 * by ARN. An account has at most 100 (quota "OpenId connect providers per account").
 */
export async function findProviders(
  iam: IAMClient,
  issuers: readonly Issuer[],
  reader: AwsReader,
): Promise<readonly FoundProvider[]> {
  const listed = await reader.read(
    "ListOpenIDConnectProvidersCommand",
    "all providers",
    iam.send(new ListOpenIDConnectProvidersCommand({})),
  );
  if (listed === undefined || listed === "unset") return [];
  const found: FoundProvider[] = [];
  for (const { Arn: arn = "" } of listed.OpenIDConnectProviderList ?? []) {
    const url = `https://${arn.slice(arn.indexOf(":oidc-provider/") + ":oidc-provider/".length)}`;
    if (![{}, ...issuers].some((one) => isBelow(url, issuerOrigin(one)))) continue;
    const provider = await reader.read(
      "GetOpenIDConnectProviderCommand",
      arn,
      iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn })),
    );
    if (provider === undefined || provider === "unset") continue;
    const own = `https://${(provider.Url ?? url).replace(/^https:\/\//, "")}`;
    found.push({
      arn,
      url: own,
      kind: kindOf(own, issuers),
      audiences: [...(provider.ClientIDList ?? [])].sort(),
      thumbprints: provider.ThumbprintList ?? [],
      tags: tagsOf(provider.Tags),
    });
  }
  return found.sort((one, other) => (one.arn < other.arn ? -1 : 1));
}

/** Whether a URL is the origin or below it, in any letter case. */
function isBelow(url: string, origin: string): boolean {
  const text = url.toLowerCase();
  return text === origin || text.startsWith(`${origin}/`);
}

/**
 * AWS compares a token's `iss` with the URL as text: with a trailing slash or other letter case the
 * provider accepts no token.
 */
function kindOf(url: string, issuers: readonly Issuer[]): ProviderKind {
  const text = url.toLowerCase().replace(/\/+$/, "");
  if (issuers.some((issuer) => url === issuerUrl(issuer))) return "own";
  if (issuers.some((issuer) => text === issuerUrl(issuer))) return "trailing-slash";
  if (text === issuerOrigin({})) return "shared-issuer";
  return /\/org\/[0-9a-f-]{36}$/.test(text) ? "other-organization" : "other";
}
