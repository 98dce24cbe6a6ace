/** Whose tokens a statement speaks of: an OIDC provider in IAM, and what its issuer is known for. */
export interface Provider {
  readonly arn: string;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** The issuer without its scheme, in lower case: the beginning of its condition keys. */
  readonly host: string;
  /** Undefined: not CircleCI's. `shared`: CircleCI's root issuer, which signs for every organization. */
  readonly circleci?: { readonly organization: string } | "shared";
}

const CIRCLECI = "oidc.circleci.com";
const OF_ORGANIZATION = `${CIRCLECI}/org/`;
const OIDC_PROVIDER = /^arn:[^:]*:iam::[^:]*:oidc-provider\/(.+)$/s;

/** Undefined: the ARN is of something else, such as a SAML provider. */
export function readProvider(arn: string): Provider | undefined {
  const url = OIDC_PROVIDER.exec(arn)?.[1];
  if (url === undefined) return undefined;
  const host = url.toLowerCase();
  const issuer = `https://${url}`;
  if (host === CIRCLECI) return { arn, issuer, host, circleci: "shared" };
  const organization = host.startsWith(OF_ORGANIZATION) ? url.slice(OF_ORGANIZATION.length) : "";
  if (organization === "" || organization.includes("/")) return { arn, issuer, host };
  return { arn, issuer, host, circleci: { organization } };
}

/** What a condition key says about a token of the provider. */
export type KeyMeaning =
  | "subject"
  | "audience"
  | "project"
  /** AWS sets it from no claim of these tokens: it is missing, always. */
  | "never-set"
  /** It says something else about the request, which a token does not settle. */
  | "open";

/**
 * Names of keys are compared without regard to case. A key with a host name before its first colon belongs to that issuer's tokens
 * and is set for no other's; of CircleCI's claims AWS fills `aud`, `sub` and the project's id (IAM User Guide, "Available keys for
 * AWS OIDC federation").
 */
export function readKey(key: string, { host, circleci }: Provider): KeyMeaning {
  const name = key.toLowerCase();
  const colon = name.indexOf(":");
  const prefix = name.slice(0, colon);
  if (colon === -1 || !prefix.includes(".")) return "open";
  if (prefix !== host) return "never-set";
  const claim = name.slice(colon + 1);
  if (claim === "sub") return "subject";
  if (claim === "aud") return "audience";
  if (circleci === undefined) return "open";
  return claim === `${CIRCLECI}/project-id` ? "project" : "never-set";
}
