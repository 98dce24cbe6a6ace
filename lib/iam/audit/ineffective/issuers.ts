import type { PrincipalMember, Statement } from "../../language/policy";
import { type Provider, readProvider } from "../../prove/tokens/provider";
import { issuerIn } from "../core/names-circleci";
import { type AuditedPolicy, listed, type Mistake } from "./mistake";
import { needsKey } from "./unset-keys";

/**
 * Keys of several issuers in one statement. A token has only the keys of its own issuer, and all
 * conditions of a statement must hold ("Conditions with multiple context keys or values"). Each
 * issuer needs its own statement.
 */
export function twoIssuers(
  statement: Statement,
  { context: { servers = [] } }: AuditedPolicy,
): Mistake | undefined {
  const { principals, conditions } = statement;
  const members = principals?.members ?? [];
  const providers = members.flatMap(({ text }) => readProvider(text, servers) ?? []);
  const own = providers.filter(({ circleci }) => circleci !== undefined).map(({ host }) => host);
  const federated = new Set(providers.map(({ host }) => host));
  const hosts = [...new Set(conditions.filter(needsKey).flatMap(({ key }) => hostOf(key) ?? []))];
  // A key of CircleCI's that no provider here is for is another mistake.
  const issuers = hosts.filter((host) => federated.has(host) || issuerIn(host, servers) === undefined);
  if (issuers.length < 2 || !issuers.some((host) => own.includes(host))) return undefined;
  const foreign = conditions.find(({ key }) => {
    const host = hostOf(key);
    return host !== undefined && issuers.includes(host) && !own.includes(host);
  });
  const second = conditions.find(({ key }) => hostOf(key) === issuers[1]);
  return {
    id: "two-issuers",
    path: (foreign ?? second)?.path ?? statement.path,
    message: `one statement requires keys of several issuers (${listed(issuers)}). A token has only the keys of its own issuer, so the statement allows no token. Write one statement for each issuer`,
    ...(members.length === providers.length
      ? { corrected: split(statement, members, providers, servers) }
      : {}),
  };
}

/** Of each provider a statement, with the conditions on its own keys and on those of no issuer. */
function split(
  statement: Statement,
  members: readonly PrincipalMember[],
  providers: readonly Provider[],
  servers: readonly string[],
): readonly Statement[] {
  const path = statement.principals?.path ?? statement.path;
  return providers.map((provider, at) => ({
    ...statement,
    // A Sid stands once in a policy.
    ...(statement.sid === undefined || at === 0 ? {} : { sid: `${statement.sid}${at + 1}` }),
    principals: { path, negated: false, members: members.filter(({ text }) => text === provider.arn) },
    conditions: statement.conditions.filter(({ key }) => {
      const host = hostOf(key);
      if (host === undefined || host === provider.host) return true;
      const isMistaken = issuerIn(host, servers) !== undefined && !providers.some((one) => one.host === host);
      return isMistaken && provider.circleci !== undefined;
    }),
  }));
}

/** The issuer of a key, in lower case. Undefined: it is a key of AWS, or of no issuer. */
function hostOf(key: string): string | undefined {
  const host = key.toLowerCase().slice(0, Math.max(key.indexOf(":"), 0));
  return host.includes(".") ? host : undefined;
}
