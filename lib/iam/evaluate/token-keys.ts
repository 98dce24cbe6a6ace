import { isCloudIssuer } from "../../token/issuer";
import type { Policy } from "../language/policy";
import type { KeyState } from "./request";

/**
 * Prefixes of keys that a request with a token can have besides those of the token's issuer
 * (Service Authorization Reference, "AWS Security Token Service").
 */
const VENDORS: ReadonlySet<string> = new Set(["aws", "sts", "iam"]);

/**
 * Whether no request with a token of any issuer has a key with this name: it has no prefix (`sub`),
 * or a prefix that is neither a host nor one that AWS sets for such a call (`https://…:sub`,
 * `circleci:sub`).
 * @param key in any letter case
 */
export function isNoTokenKey(key: string): boolean {
  const colon = key.indexOf(":");
  const prefix = key.slice(0, Math.max(colon, 0)).toLowerCase();
  return !prefix.includes(".") && !VENDORS.has(prefix);
}

/**
 * Whether no request of an AWS principal has a key with this name: it is of a token's issuer, or
 * AWS sets none of this name.
 * @param key in any letter case
 */
export function isUnsetForPrincipals(key: string): boolean {
  return /^[^:]*\.[^:]*:/.test(key) || isNoTokenKey(key);
}

/**
 * The keys of a policy that no token sets, as missing. AWS takes only a few keys from a token, so
 * all others are absent and not open. The exception is CircleCI's project id under an issuer that
 * is not the cloud's: AWS does not document it. The keys of the token must come after these.
 * @param host the issuer without `https://`
 */
export function unsetTokenKeys(
  { statements }: Policy,
  host: string,
): readonly (readonly [string, KeyState])[] {
  const keys = statements.flatMap(({ conditions }) => conditions.map(({ key }) => key.toLowerCase()));
  return keys
    .filter((key) => isCloudIssuer(host) || key !== `${host.toLowerCase()}:oidc.circleci.com/project-id`)
    .filter((key) => key.startsWith(`${host.toLowerCase()}:`) || isUnsetForPrincipals(key))
    .map((key) => [key, { state: "absent" }] as const);
}
