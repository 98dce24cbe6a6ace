import type { Policy, Statement } from "../language/policy";
import { findAllowed } from "../prove/tokens/find-allowed";
import { providersOf } from "../prove/tokens/principals";
import type { Provider } from "../prove/tokens/provider";
import type { AuditContext, Subject } from "./core/context";
import type { Draft } from "./core/draft";
import { compareSeverities, type Finding, finding } from "./core/finding";
import { isMeantForCircleCi, namesCircleCi } from "./core/names-circleci";
import { notKnown, possibleServersIn } from "./core/possible-servers";
import { offered } from "./corrections/offer";
import { auditIneffective, auditSchemes } from "./ineffective/audit-ineffective";
import { hasKeyWithScheme } from "./ineffective/keys";
import { type AuditedPolicy, allowsNoToken, providersIn } from "./ineffective/mistake";
import {
  deniesWithoutEffect,
  passesWithoutKey,
  subjectConditions,
  unsetClaims,
} from "./rules/condition-rules";
import { correct } from "./rules/correct";
import { foreignOrigins } from "./rules/foreign-code";
import { duplicateProviders, issuers, others } from "./rules/provider-rules";
import { audiences, otherProjects, unissuedSubjects, wildcardsPastFields } from "./rules/reach-rules";
import { withoutRefused } from "./rules/refused-elements";
import { withUndetermined } from "./rules/undetermined";

type Rule = (subject: Subject) => readonly Finding[];

const RULES: readonly Rule[] = [
  issuers,
  subjectConditions,
  otherProjects,
  wildcardsPastFields,
  foreignOrigins,
  audiences,
  unsetClaims,
  passesWithoutKey,
  unissuedSubjects,
  deniesWithoutEffect,
  duplicateProviders,
];

/**
 * The findings of a trust policy, the most severe first; empty if there are none. A policy can
 * allow tokens that were probably not intended, or fail to allow the intended ones. Each rule about
 * allowed tokens asks the prover, over all tokens. A policy that it cannot decide is a finding,
 * never clean. Rules about allowed tokens report nothing for a policy that allows no token: another
 * finding names its mistake.
 * @param context what is known about the surroundings; with less of it, some rules do not apply
 */
export function auditTrustPolicy(written: Policy, context: AuditContext = {}): readonly Finding[] {
  const { policy, drafts } = examine(written, context);
  const findings = drafts.map(({ found }) => found);
  // Whether the role is an administrator makes no difference to what a correction adds.
  const { isAdmin: _, ...known } = context;
  const findingsOf = (one: Policy): readonly Finding[] =>
    examine(one, known).drafts.map(({ found }) => found);
  return drafts.map((one) => offered(one, { policy, context }, findings, findingsOf));
}

/** The findings of a policy without the elements that IAM refuses, and what would correct each. */
function examine(
  written: Policy,
  context: AuditContext,
): { readonly policy: Policy; readonly drafts: readonly Draft[] } {
  const { servers = [] } = context;
  if (!concernsCircleCi(written, servers)) return { policy: written, drafts: [] };
  const { policy, findings: refused } = withoutRefused(written);
  const audited: AuditedPolicy = { policy, context };
  const drafts = isRefusedByKeys(audited)
    ? [...asDrafts(refused), ...auditSchemes(audited)]
    : [
        ...asDrafts(refused),
        ...asDrafts(possibleServersIn(policy, servers).map(notKnown)),
        ...circleciProvidersIn(policy, servers).flatMap((provider) => auditProvider(provider, audited)),
        ...(namesCircleCi(policy, servers) ? auditIneffective(audited, ineffectiveStatements(audited)) : []),
        ...asDrafts(others(policy, servers)),
      ];
  const unique = new Map(drafts.map((one) => [`${one.found.id} ${one.found.path}`, one]));
  return {
    policy,
    drafts: [...unique.values()].sort((one, other) =>
      compareSeverities(one.found.severity, other.found.severity),
    ),
  };
}

function asDrafts(findings: readonly Finding[]): readonly Draft[] {
  return findings.map((found) => ({ found }));
}

/** The effect of a trust policy on CircleCI tokens. */
export type Reach = "allows" | "allows-none" | "not-decided" | "other-issuer";

/**
 * Whether a trust policy allows any CircleCI token, decided over all tokens.
 * @param servers hosts of CircleCI Server
 */
export function reachOf(written: Policy, servers: readonly string[] = []): Reach {
  if (!concernsCircleCi(written, servers)) return "other-issuer";
  const { policy } = withoutRefused(written);
  if (hasKeyWithScheme(policy)) return "allows-none";
  const results = circleciProvidersIn(policy, servers).map(
    (provider) => findAllowed(policy, provider).result,
  );
  if (results.includes("found")) return "allows";
  const isOpen = results.includes("unknown") || possibleServersIn(policy, servers).length > 0;
  return isOpen ? "not-decided" : "allows-none";
}

/**
 * Whether a trust policy concerns CircleCI, or may concern it.
 * @param servers hosts of CircleCI Server
 */
export function concernsCircleCi(policy: Policy, servers: readonly string[] = []): boolean {
  return namesCircleCi(policy, servers) || possibleServersIn(policy, servers).length > 0;
}

/**
 * CircleCI's providers that a policy applies to. None: no CircleCI token can match it.
 * @param servers hosts of CircleCI Server
 */
export function circleciProvidersIn(policy: Policy, servers: readonly string[] = []): readonly Provider[] {
  return providersOf([policy], [], servers).filter(({ circleci }) => circleci !== undefined);
}

/** The Allow statements that are intended for CircleCI tokens but allow none. */
function ineffectiveStatements(audited: AuditedPolicy): readonly Statement[] {
  return audited.policy.statements.filter(
    (one) =>
      one.effect === "Allow" &&
      isMeantForCircleCi(one, audited.context.servers) &&
      allowsNoToken(one, audited),
  );
}

/**
 * Whether IAM rejects the policy because of its keys, although they do not stop a statement from
 * matching.
 */
function isRefusedByKeys(audited: AuditedPolicy): boolean {
  const { policy } = audited;
  if (!hasKeyWithScheme(policy)) return false;
  const dead = ineffectiveStatements(audited);
  const others = policy.statements.filter((one) => !dead.includes(one));
  return (
    hasKeyWithScheme({ ...policy, statements: others }) ||
    others.some(({ effect }) => effect === "Allow") ||
    // A statement that names all principals also applies to the providers of other statements.
    circleciProvidersIn(policy, audited.context.servers).some(
      (provider) => findAllowed(policy, provider).result !== "none",
    )
  );
}

function auditProvider(provider: Provider, audited: AuditedPolicy): readonly Draft[] {
  const { policy, context } = audited;
  const allowed = findAllowed(policy, provider);
  if (allowed.result === "unknown") {
    const message = `the tokens that it allows could not be determined: ${allowed.reason}`;
    return [{ found: finding("policy-not-decided", "", message) }];
  }
  if (allowed.result === "none") return [];
  const allows = policy.statements.filter(
    (statement) =>
      statement.effect === "Allow" &&
      providersIn([statement], audited).some(({ arn }) => arn === provider.arn) &&
      !allowsNoToken(statement, audited),
  );
  const subject: Subject = { policy, provider, allows, context };
  return RULES.map(withUndetermined).flatMap((rule) =>
    rule(subject).map((found): Draft => {
      return { found, correction: { kind: "narrower", find: () => correct(subject, found, rule) } };
    }),
  );
}
