import { uuidPattern } from "../../../config/rules/uuid";
import { isNoTokenKey } from "../../evaluate/token-keys";

/** An OIDC provider in IAM, and what is known about its issuer. */
export interface Provider {
  readonly arn: string;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** The issuer without its scheme, in lower case: the beginning of its condition keys. */
  readonly host: string;
  /**
   * Undefined: not CircleCI's. `shared`: CircleCI's root issuer, which signs for every
   * organization. An organization's id is in lower case, as in each of its tokens, and as the ARN
   * has it otherwise: it may be none (`ORG_ID`).
   */
  readonly circleci?: CircleCiIssuer | "shared";
}

interface CircleCiIssuer {
  readonly organization: string;
  /** The host of its CircleCI Server. Undefined: CircleCI's cloud. */
  readonly server?: string;
}

const CIRCLECI = "oidc.circleci.com";
const OF_ORGANIZATION = /^([^/]+)\/org\/([^/]+)$/s;
const OIDC_PROVIDER = /^arn:[^:]*:iam::[^:]*:oidc-provider\/(.+)$/s;

/**
 * Undefined: the ARN is of something else, such as a SAML provider.
 * @param servers hosts of CircleCI Server that are known to be such: nothing in an issuer's URL
 * says whose it is
 */
export function readProvider(arn: string, servers: readonly string[] = []): Provider | undefined {
  const url = OIDC_PROVIDER.exec(arn)?.[1];
  if (url === undefined) return undefined;
  const host = url.toLowerCase();
  const issuer = `https://${url}`;
  if (host === CIRCLECI) return { arn, issuer, host, circleci: "shared" };
  const [, server = "", organization = ""] = OF_ORGANIZATION.exec(host) ?? [];
  if (server === CIRCLECI) return { arn, issuer, host, circleci: { organization } };
  return servers.includes(server)
    ? { arn, issuer, host, circleci: { organization, server } }
    : { arn, issuer, host };
}

/**
 * Whether an issuer that is not known to be CircleCI's has the form of a CircleCI Server's:
 * `https://<server>/org/<UUID>` (support.circleci.com, 13832176226203).
 */
export function looksLikeServer({ host, circleci }: Provider): boolean {
  const [, , organization = ""] = OF_ORGANIZATION.exec(host.replace(/\/+$/, "")) ?? [];
  return circleci === undefined && UUID.test(organization);
}

/**
 * Whether tokens can come through the provider: its account has 12 digits, and the organization's
 * id is a UUID, other than the one of zeros alone, which is no id of anything (RFC 9562, section
 * 5.9).
 */
export function canHaveTokens({ arn, circleci }: Provider): boolean {
  if (!ACCOUNT.test(arn)) return false;
  return circleci === undefined || circleci === "shared" || isId(circleci.organization);
}

/** Whether a text in lower case can be an id of CircleCI: all of them are UUIDs. */
export function isId(text: string): boolean {
  return UUID.test(text) && !NIL.test(text);
}

const ACCOUNT = /^arn:[^:]*:iam::[0-9]{12}:/;
const UUID = new RegExp(uuidPattern);
const NIL = /^[0-]*$/;

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
 * Names of keys are compared without regard to case. A key with a host name before its first colon
 * belongs to that issuer's tokens and is set for no other's; a key without a prefix of AWS's is set
 * by nothing; of CircleCI's claims AWS fills `aud`, `sub` and the project's id (IAM User Guide,
 * "Available keys for AWS OIDC federation").
 */
export function readKey(key: string, { host, circleci }: Provider): KeyMeaning {
  const name = key.toLowerCase();
  const colon = name.indexOf(":");
  const prefix = name.slice(0, colon);
  if (isNoTokenKey(name)) return "never-set";
  if (!prefix.includes(".")) return "open";
  if (prefix !== host) return "never-set";
  const claim = name.slice(colon + 1);
  if (claim === "sub") return "subject";
  if (claim === "aud") return "audience";
  if (circleci === undefined) return "open";
  if (claim !== `${CIRCLECI}/project-id`) return "never-set";
  // AWS documents the key for the cloud's issuer; whether it sets it for a server's is open.
  return circleci !== "shared" && circleci.server !== undefined ? "open" : "project";
}
