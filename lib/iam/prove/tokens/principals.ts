import type { Policy, Statement } from "../../language/policy";
import { type Provider, readProvider } from "./provider";

/**
 * An issuer that no policy names. It stands for all of them: a policy that allows all principals
 * also allows its tokens.
 */
const UNNAMED = "an-issuer-that-no-policy-names.example";

/**
 * Every provider that the policies may treat differently: the named ones and, if all principals are
 * allowed, those whose keys are used and one that stands for all others.
 * @param more further providers, by their ARN or as read
 * @param servers hosts of CircleCI Server
 */
export function providersOf(
  policies: readonly Policy[],
  more: readonly (string | Provider)[],
  servers: readonly string[] = [],
): readonly Provider[] {
  const statements = policies.flatMap((policy) => policy.statements);
  const given = more.filter((one) => typeof one !== "string");
  const arns = new Set(more.map((one) => (typeof one === "string" ? one : one.arn)));
  for (const { principals } of statements) {
    for (const { type, text } of principals?.members ?? []) if (type === "Federated") arns.add(text);
  }
  if (statements.some(namesUnnamed)) {
    for (const host of [...statements.flatMap(hostsOfKeys), UNNAMED]) {
      if (![...arns].some((arn) => readProvider(arn)?.host === host)) arns.add(arnFor(host));
    }
  }
  return [...arns].flatMap((arn) => given.find((one) => one.arn === arn) ?? readProvider(arn, servers) ?? []);
}

function namesUnnamed({ principals }: Statement): boolean {
  if (principals === undefined) return false;
  return principals.negated || principals.members.some(({ text }) => text === "*");
}

function hostsOfKeys({ conditions }: Statement): readonly string[] {
  return conditions
    .map(({ key }) => key.toLowerCase().slice(0, Math.max(key.indexOf(":"), 0)))
    .filter((prefix) => prefix.includes("."));
}

/** A statement for all principals names no account, so this one is not a real account. */
function arnFor(host: string): string {
  return `arn:aws:iam::000000000000:oidc-provider/${host}`;
}
