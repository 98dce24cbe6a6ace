import { isNoTokenKey } from "../../evaluate/token-keys";
import type { Policy, PrincipalMember, Statement } from "../../language/policy";
import { readProvider } from "../../prove/tokens/provider";

const CLOUD = /oidc\.circleci\.com(?:\/org\/[^/:\s"?#]+)?/i;
const SUBJECT = /^\/?org\/[^/]+\/project\//i;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const ORGANIZATION = /^\/org\/[^/:\s"?#]+/i;

/**
 * The CircleCI issuer in a text, as written and without its scheme. Undefined: there is none.
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
 * Whether a statement is intended for CircleCI tokens: it names their issuer, a key of it, or such
 * a subject.
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

/** Whether a principal is intended to be CircleCI, correctly or by mistake. */
export function isOfCircleCi({ type, text }: PrincipalMember, servers: readonly string[] = []): boolean {
  if (issuerIn(text, servers) !== undefined) return true;
  const provider = readProvider(text, servers);
  // A provider with another issuer is not CircleCI's, whatever its name. Neither is one for SAML.
  if (provider !== undefined) return provider.circleci !== undefined;
  return type !== "AWS" && !text.includes(":saml-provider/") && /circleci/i.test(text);
}

/**
 * Whether part of a trust policy is intended for CircleCI tokens.
 * @param servers hosts of CircleCI Server
 */
export function namesCircleCi({ statements }: Policy, servers: readonly string[] = []): boolean {
  return statements.some((one) => isMeantForCircleCi(one, servers));
}

/**
 * Every UUID in the values of a policy's conditions, once and in lower case, since operators may
 * ignore case.
 */
export function idsNamedIn({ statements }: Policy): readonly string[] {
  const values = statements.flatMap(({ conditions }) => conditions.flatMap((condition) => condition.values));
  return [...new Set(values.flatMap(({ text }) => (text.match(UUID) ?? []).map((id) => id.toLowerCase())))];
}
