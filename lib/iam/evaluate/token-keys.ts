import { isCloudIssuer } from "../../token/issuer";
import type { Policy } from "../language/policy";
import type { KeyState } from "./request";

/**
 * Whose keys a request with a token can have besides those of the token's issuer (Service
 * Authorization Reference, "AWS Security Token Service").
 */
const VENDORS: ReadonlySet<string> = new Set(["aws", "sts", "iam"]);

/**
 * Whether no request with a token has a key of this name, whoever issued the token: it has no
 * prefix (`sub`), or a prefix that is no host and none of AWS's for such a call (`https://…:sub`,
 * `circleci:sub`).
 * @param key in any letter case
 */
export function isNoTokenKey(key: string): boolean {
  const colon = key.indexOf(":");
  const prefix = key.slice(0, Math.max(colon, 0)).toLowerCase();
  return !prefix.includes(".") && !VENDORS.has(prefix);
}

/**
 * The keys that a policy asks for and no token sets, as missing: a token sets the few that AWS
 * takes from it and certainly no other, so these are not open; but for CircleCI's project id under
 * another issuer than the cloud's, of which AWS says nothing. What a token does set goes after
 * them.
 * @param host the issuer without `https://`
 */
export function unsetTokenKeys(
  { statements }: Policy,
  host: string,
): readonly (readonly [string, KeyState])[] {
  const keys = statements.flatMap(({ conditions }) => conditions.map(({ key }) => key.toLowerCase()));
  return keys
    .filter((key) => isCloudIssuer(host) || key !== `${host.toLowerCase()}:oidc.circleci.com/project-id`)
    .filter(
      (key) => key.startsWith(`${host.toLowerCase()}:`) || /^[^:]*\.[^:]*:/.test(key) || isNoTokenKey(key),
    )
    .map((key) => [key, { state: "absent" }] as const);
}
