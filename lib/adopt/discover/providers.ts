import {
  GetOpenIDConnectProviderCommand,
  type IAMClient,
  ListOpenIDConnectProvidersCommand,
} from "@aws-sdk/client-iam";
import { ISSUER_ORIGIN, issuerUrl } from "../../token/issuer";
import type { FoundProvider, ProviderKind } from "../inventory";
import { tagsOf } from "./tags";
import type { Seeing } from "./unseen";

const CIRCLECI = /^https:\/\/oidc\.circleci\.com(?:\/|$)/i;

/** The account's providers for CircleCI, sorted by ARN. An account has 100 at most (quota "OpenId connect providers per account"). */
export async function findProviders(
  iam: IAMClient,
  organization: string,
  seeing: Seeing,
): Promise<readonly FoundProvider[]> {
  const listed = await seeing.ask(
    "ListOpenIDConnectProvidersCommand",
    "all providers",
    iam.send(new ListOpenIDConnectProvidersCommand({})),
  );
  if (listed === undefined || listed === "unset") return [];
  const found: FoundProvider[] = [];
  for (const { Arn: arn = "" } of listed.OpenIDConnectProviderList ?? []) {
    const url = `https://${arn.slice(arn.indexOf(":oidc-provider/") + ":oidc-provider/".length)}`;
    if (!CIRCLECI.test(url)) continue;
    const provider = await seeing.ask(
      "GetOpenIDConnectProviderCommand",
      arn,
      iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn })),
    );
    if (provider === undefined || provider === "unset") continue;
    const own = `https://${(provider.Url ?? url).replace(/^https:\/\//, "")}`;
    found.push({
      arn,
      url: own,
      kind: kindOf(own, organization),
      audiences: [...(provider.ClientIDList ?? [])].sort(),
      thumbprints: provider.ThumbprintList ?? [],
      tags: tagsOf(provider.Tags),
    });
  }
  return found.sort((one, other) => (one.arn < other.arn ? -1 : 1));
}

/** A token's `iss` is compared with the URL as text, so a slash at the end or another case lets nobody in. */
function kindOf(url: string, organization: string): ProviderKind {
  if (url === issuerUrl(organization)) return "own";
  if (url.toLowerCase().replace(/\/+$/, "") === issuerUrl(organization)) return "trailing-slash";
  if (url.replace(/\/+$/, "").toLowerCase() === ISSUER_ORIGIN) return "shared-issuer";
  return /^https:\/\/oidc\.circleci\.com\/org\/[0-9a-f-]{36}\/?$/i.test(url) ? "other-organization" : "other";
}
