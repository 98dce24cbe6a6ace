import { ofMissingKey } from "../../evaluate/compile-condition";
import type { Condition, Policy, Statement, Value } from "../../language/policy";
import { type Provider, readKey } from "../../prove/tokens/provider";
import { issuerOfKey } from "../core/names-circleci";
import { type AuditedPolicy, listed, type Mistake, providersIn } from "./mistake";
import { claimOf, pinned } from "./pins";

const PROJECT = "oidc.circleci.com/project-id";
/** Common names for the three claims that AWS has a key for. */
const CLAIMS: ReadonlyMap<string, string> = new Map([
  ...["sub", "subject"].map((name) => [name, "sub"] as const),
  ...["aud", "audience"].map((name) => [name, "aud"] as const),
  ...["project-id", "project_id", "projectid", "project"].map((name) => [name, PROJECT] as const),
]);

/**
 * Conditions on keys that no token of the statement's provider has: one without its prefix, of the
 * issuer that all organizations share, of another organization, or for a claim that AWS takes from
 * no token (IAM User Guide, "Available keys for AWS OIDC federation").
 */
export function unsetKeys(statement: Statement, audited: AuditedPolicy): Mistake | undefined {
  const [provider] = providersIn([statement], audited);
  if (provider === undefined) return undefined;
  const unset = statement.conditions.filter(
    (one) => readKey(one.key, provider) === "never-set" && needsKey(one),
  );
  const [first] = unset;
  if (first === undefined) return undefined;
  const meant = unset.map(({ key }) => keyFor(key, statement, provider, audited.context.servers));
  const keys = unset.map(({ key }) => key);
  const why = `tokens of this provider never have the ${keys.length === 1 ? "key" : "keys"} ${listed(keys)}, so the ${keys.length === 1 ? "condition is never true" : "conditions are never true"}`;
  if (meant.every((one) => one !== undefined)) {
    return {
      id: "condition-never-true",
      path: first.path,
      message: `${why}. Write ${listed(meant)}`,
      corrected: [renamed(statement, new Map(keys.map((key, at) => [key, meant[at] ?? key])))],
    };
  }
  const corrected = withPins(statement, provider, unset, audited.policy);
  return {
    id: "condition-never-true",
    path: first.path,
    message: `${why}. ${advice(unset, provider, audited.context.servers)}`,
    ...(corrected === undefined ? {} : { corrected: [corrected] }),
  };
}

/** Whether a condition is false without its key. */
export function needsKey({ operator, values }: Condition): boolean {
  return operator.base === "Null" ? values.every(({ text }) => text === "false") : !ofMissingKey(operator);
}

/** The intended key. Undefined: there is none, or it is ambiguous. */
function keyFor(
  key: string,
  statement: Statement,
  provider: Provider,
  servers: readonly string[] | undefined,
): string | undefined {
  const host = provider.arn.slice(provider.arn.indexOf(":oidc-provider/") + ":oidc-provider/".length);
  const claim = CLAIMS.get(key.toLowerCase().split(/[:/]/).at(-1) ?? "");
  if (claim === undefined) return undefined;
  const issuer = issuerOfKey(key, servers)?.toLowerCase();
  const isOtherIssuer = issuer === undefined && /^[^:]*\.[^:]*:/.test(key);
  const isOtherOrganization = issuer?.includes("/org/") === true && issuer !== provider.host;
  if (isOtherIssuer || (isOtherOrganization && !namesOnly(statement, provider))) return undefined;
  return `${host}:${claim}`;
}

/** Whether the values of the conditions name the provider's organization and no other. */
function namesOnly({ conditions }: Statement, { circleci }: Provider): boolean {
  if (circleci === undefined || circleci === "shared") return false;
  const named = conditions
    .flatMap(({ values }) => values)
    .flatMap(({ text }) => /^org\/([^/]+)\//.exec(text)?.[1] ?? []);
  return named.length > 0 && named.every((one) => one === circleci.organization);
}

function renamed(statement: Statement, names: ReadonlyMap<string, string>): Statement {
  const conditions = statement.conditions.map((one) => ({ ...one, key: names.get(one.key) ?? one.key }));
  return { ...statement, conditions };
}

/** What the unset conditions ask of origin and ref, asked of the subject. */
function withPins(
  statement: Statement,
  provider: Provider,
  unset: readonly Condition[],
  policy: Policy,
): Statement | undefined {
  const asked = new Map<"origin" | "ref", readonly Value[]>();
  for (const { key, operator, values } of unset) {
    const claim = claimOf(key);
    if (claim === undefined || asked.has(claim) || !["StringEquals", "StringLike"].includes(operator.name))
      return undefined;
    asked.set(claim, values);
  }
  const conditions = statement.conditions.flatMap((one) => {
    if (unset.includes(one)) return [];
    return readKey(one.key, provider) === "subject" ? [pinned(one, asked, policy)] : [one];
  });
  const written = conditions.flatMap((one) => one ?? []);
  return written.length < conditions.length ? undefined : { ...statement, conditions: written };
}

function advice(
  unset: readonly Condition[],
  provider: Provider,
  servers: readonly string[] | undefined,
): string {
  if (unset.some(({ key }) => claimOf(key) !== undefined))
    return "AWS has no key for origin and ref. They are part of the subject: …/vcs-origin/<REPOSITORY>/vcs-ref/<REF>";
  const other = unset
    .flatMap(({ key }) => issuerOfKey(key, servers) ?? [])
    .find((url) => url.toLowerCase() !== provider.host);
  if (other !== undefined)
    return `The key belongs to ${other}, the provider to ${provider.host}. Use the provider of the organization that you want to allow, with its keys`;
  return "AWS sets only aud, sub and oidc.circleci.com/project-id. Use these";
}
