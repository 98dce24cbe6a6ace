import { isNoTokenKey } from "../../evaluate/token-keys";
import type { Policy, PrincipalMember, Statement } from "../../language/policy";
import { readProvider } from "../../prove/tokens/provider";

const CLOUD = /oidc\.circleci\.com(?:\/org\/[^/:\s"?#]+)?/i;
const SUBJECT = /^\/?org\/[^/]+\/project\//i;
const ORGANIZATION = /^\/org\/[^/:\s"?#]+/i;

/**
 * CircleCI's issuer that a text speaks of, without its scheme and as it is written; undefined: it
 * speaks of none.
 * @param servers hosts of CircleCI Server
 */
export function issuerIn(text: string, servers: readonly string[] = []): string | undefined {
  const cloud = CLOUD.exec(text)?.[0];
  if (cloud !== undefined) return cloud;
  for (const server of servers) {
    const at = text.toLowerCase().indexOf(`${server}/org/`);
    const organization = ORGANIZATION.exec(text.slice(at + server.length))?.[0];
    if (at !== -1 && organization !== undefined) return text.slice(at, at + server.length) + organization;
  }
  return undefined;
}

/** The issuer that a condition key is of, by what stands before its last colon. */
export function issuerOfKey(key: string, servers: readonly string[] = []): string | undefined {
  return issuerIn(key.slice(0, Math.max(key.lastIndexOf(":"), 0)), servers);
}

/**
 * Whether a statement is meant for tokens of CircleCI, whatever it says of them: it names an issuer
 * of theirs, asks for a key of it, or for such a subject.
 */
export function isMeantForCircleCi(
  { principals, conditions }: Statement,
  servers: readonly string[] = [],
): boolean {
  return (
    (principals?.members ?? []).some((one) => isOfCircleCi(one, servers)) ||
    conditions.some(
      ({ key, values }) =>
        issuerOfKey(key, servers) !== undefined ||
        (isNoTokenKey(key) && (/circleci/i.test(key) || values.some(({ text }) => SUBJECT.test(text)))),
    )
  );
}

/** Whether a principal is meant to be CircleCI, rightly or by mistake. */
export function isOfCircleCi({ type, text }: PrincipalMember, servers: readonly string[] = []): boolean {
  if (issuerIn(text, servers) !== undefined) return true;
  const provider = readProvider(text, servers);
  // A provider of an issuer that is not the cloud's may be anybody's, whatever it is called; so may
  // one for SAML.
  if (provider !== undefined) return provider.circleci !== undefined;
  return type !== "AWS" && !text.includes(":saml-provider/") && /circleci/i.test(text);
}

/**
 * Whether a trust policy is in part meant for tokens of CircleCI. @param servers hosts of CircleCI
 * Server
 */
export function namesCircleCi({ statements }: Policy, servers: readonly string[] = []): boolean {
  return statements.some((one) => isMeantForCircleCi(one, servers));
}
