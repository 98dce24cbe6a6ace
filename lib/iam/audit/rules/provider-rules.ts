import { either, sequence } from "../../automata/fragments";
import { anyRun } from "../../automata/patterns";
import { ofMissingKey } from "../../evaluate/compile-condition";
import { isUnsetForPrincipals } from "../../evaluate/token-keys";
import type { Policy, Statement } from "../../language/policy";
import { findAllowed } from "../../prove/tokens/find-allowed";
import { namesOtherPrincipals } from "../../prove/tokens/other-principals";
import { readProvider } from "../../prove/tokens/provider";
import { SOME_ORGANIZATION, uuid } from "../../prove/tokens/subjects";
import type { Subject } from "../core/context";
import { type Finding, finding } from "../core/finding";
import { idsNamedIn, isMeantForCircleCi, isOfCircleCi } from "../core/names-circleci";
import { everyoneLetIn } from "./everyone";

/** The shared issuer, and organizations that are not yours. */
export function issuers({ policy, provider, context }: Subject): readonly Finding[] {
  const found = findAllowed(policy, provider);
  if (found.result !== "found" || provider.circleci === undefined) return [];
  if (provider.circleci === "shared") {
    const named = idsNamedIn(policy).map((id) => sequence("org/", id, "/", anyRun));
    const like = sequence("org/", uuid(SOME_ORGANIZATION), "/", anyRun);
    const foreign = findAllowed(policy, provider, {
      like: [like],
      ...(named.length === 0 ? {} : { unlike: either(...named) }),
    });
    const message = "the provider is CircleCI's shared issuer, which signs the tokens of every organization";
    return [
      finding("shared-root-issuer", "", message, found.counterexample),
      ...(foreign.result === "found"
        ? [
            finding(
              "other-organizations",
              "",
              "jobs of any CircleCI organization are allowed",
              foreign.counterexample,
            ),
          ]
        : []),
    ];
  }
  const { organization } = provider.circleci;
  if (context.organizations?.includes(organization) ?? true) return [];
  return [
    finding(
      "other-organizations",
      "",
      `jobs of the organization ${organization} are allowed, which is not yours`,
      found.counterexample,
    ),
  ];
}

/**
 * Several providers of one account for the same organization: a policy that names one does not
 * cover the others.
 */
export function duplicateProviders({ provider, context: { providers = [] } }: Subject): readonly Finding[] {
  const account = accountOf(provider.arn);
  const alike = providers.filter((arn) => hostOf(arn) === hostOf(provider.arn) && accountOf(arn) === account);
  // An account is in one partition, however an input writes that.
  const same = [...new Map(alike.map((arn) => [arn.replace(/^arn:[^:]*:/, ""), arn])).values()];
  if (same.length < 2) return [];
  return [
    finding(
      "duplicate-provider",
      "",
      `the account has ${same.length} providers for one issuer: ${same.join(", ")}`,
    ),
  ];
}

/**
 * The issuer without differences that IAM sees but nobody intends: letter case and a trailing
 * slash.
 */
function hostOf(arn: string): string | undefined {
  return readProvider(arn)?.host.replace(/\/+$/, "");
}

function accountOf(arn: string): string | undefined {
  return arn.split(":")[4];
}

/**
 * Statements that allow principals other than holders of tokens: accounts, services, all
 * principals.
 * @param servers hosts of CircleCI Server
 */
export function others(policy: Policy, servers: readonly string[] = []): readonly Finding[] {
  return policy.statements
    .filter((one) => allowsOtherPrincipals(one, servers))
    .map((statement) => {
      const { path, principals } = statement;
      const names =
        principals?.members.map(({ type, text }) => (type === "Everyone" ? "everyone" : `${type} ${text}`)) ??
        [];
      const who = `${principals?.negated === true ? "everyone except " : ""}${names.join(", ")}`;
      const everyone = everyoneLetIn(statement, policy).map((one) => EVERYONE[one]);
      return everyone.length === 0
        ? finding("others-let-in", path, `it allows principals other than CircleCI: ${who}`)
        : finding("everyone-let-in", path, `${everyone.join(" and ")} can assume the role: it allows ${who}`);
    });
}

const EVERYONE = {
  accounts: "anyone with an AWS account",
  issuers: "tokens of every OIDC provider of the role's account",
} as const;

/**
 * Excludes principals that are misspellings of CircleCI's provider, and conditions on a key that
 * only tokens have.
 */
function allowsOtherPrincipals(statement: Statement, servers: readonly string[]): boolean {
  const { effect, principals, conditions } = statement;
  if (effect !== "Allow" || !namesOtherPrincipals(statement)) return false;
  if (!isMeantForCircleCi(statement, servers)) return true;
  const isMistaken =
    principals?.negated === false &&
    principals.members.every((one) => readProvider(one.text) !== undefined || isOfCircleCi(one, servers));
  const needsToken = conditions.some(
    ({ key, operator }) => !ofMissingKey(operator) && operator.base !== "Null" && isUnsetForPrincipals(key),
  );
  return !isMistaken && !needsToken;
}
