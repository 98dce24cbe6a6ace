import { isCloudIssuer } from "../../../token/issuer";
import type { Condition, Policy } from "../../language/policy";
import { providersOf } from "../../prove/tokens/principals";
import { looksLikeServer, type Provider } from "../../prove/tokens/provider";
import { type Finding, finding } from "./finding";

/**
 * Providers of a policy that may belong to a CircleCI server that is not configured: by the form of
 * the issuer, or because a condition on their subject has CircleCI's form. Which tokens they allow
 * is not known, and "another issuer" would be a false all-clear.
 * @param servers hosts of CircleCI Server that are configured
 */
export function possibleServersIn(policy: Policy, servers: readonly string[]): readonly Provider[] {
  const conditions = policy.statements.flatMap((statement) => statement.conditions);
  return providersOf([policy], [], servers).filter(
    (provider) =>
      provider.circleci === undefined &&
      !isCloudIssuer(provider.host) &&
      (looksLikeServer(provider) ||
        servers.includes(provider.host) ||
        conditions.some((condition) => asksLikeCircleCi(condition, provider))),
  );
}

/** Of a provider that may be a CircleCI Server's. */
export function notKnown({ arn, issuer }: Provider): Finding {
  const message =
    `${issuer} may be the issuer of a CircleCI server that is not configured, so its tokens were not examined (${arn}): ` +
    "pass its host with `audit --issuer`, or set `organization.server` in access.yaml";
  return finding("policy-not-decided", "", message);
}

/**
 * CircleCI's subjects begin with `org/…/project/…`, and its own claims begin with
 * `oidc.circleci.com/`.
 */
function asksLikeCircleCi({ key, values }: Condition, { host }: Provider): boolean {
  const name = key.toLowerCase();
  if (!name.startsWith(`${host}:`)) return false;
  const claim = name.slice(host.length + 1);
  if (claim.startsWith("oidc.circleci.com/")) return true;
  return (
    claim === "sub" && values.some(({ text }) => /^org\/[^/]+\/project\/|\/project\/[^/]+\/user\//.test(text))
  );
}
