import type { Policy } from "../language/policy";
import { printReadPolicy } from "../language/print-policy";
import { findAdmitted } from "../prove/find-admitted";
import { providersOf } from "../prove/principals";
import type { Provider } from "../prove/provider";
import { deniesWithoutEffect, passesWithoutKey, subjectConditions, unsetClaims } from "./condition-rules";
import type { AuditContext, Subject } from "./context";
import { correct } from "./correct";
import { type Finding, finding, type Severity } from "./finding";
import { foreignOrigins } from "./foreign-code";
import { notKnown, possibleServersIn } from "./possible-servers";
import { duplicateProviders, issuers, others } from "./provider-rules";
import { audiences, otherProjects, unissuedSubjects, wildcardsPastFields } from "./reach-rules";

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

const RANK: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

/**
 * What a trust policy lets in that its owner hardly meant, the worst first; empty for one that is exact. Each rule that asks who gets
 * in asks the prover, over all tokens there can be; a policy that it cannot decide is a finding and never clean.
 * @param context what is known around the policy; with less of it some rules have nothing to say
 */
export function auditTrustPolicy(policy: Policy, context: AuditContext = {}): readonly Finding[] {
  const { servers = [] } = context;
  const providers = circleciProvidersIn(policy, servers);
  const unknown = possibleServersIn(policy, servers);
  if (providers.length + unknown.length === 0) return [];
  const found = [
    ...unknown.map(notKnown),
    ...providers.flatMap((provider) => auditProvider(policy, provider, context)),
    ...others(policy),
  ];
  const unique = new Map(found.map((one) => [`${one.id} ${one.path}`, one]));
  return [...unique.values()].sort((one, other) => RANK[one.severity] - RANK[other.severity]);
}

/** Whether a trust policy has to do with CircleCI, or may have. @param servers hosts of CircleCI Server */
export function concernsCircleCi(policy: Policy, servers: readonly string[] = []): boolean {
  return circleciProvidersIn(policy, servers).length + possibleServersIn(policy, servers).length > 0;
}

/** CircleCI's providers whose tokens a policy speaks of. @param servers hosts of CircleCI Server */
export function circleciProvidersIn(policy: Policy, servers: readonly string[] = []): readonly Provider[] {
  return providersOf([policy], [], servers).filter(({ circleci }) => circleci !== undefined);
}

function auditProvider(policy: Policy, provider: Provider, context: AuditContext): readonly Finding[] {
  const admitted = findAdmitted(policy, provider);
  if (admitted.result === "unknown") {
    return [finding("policy-not-decided", "", `who gets in could not be decided: ${admitted.reason}`)];
  }
  const allows = policy.statements.filter(
    ({ effect, principals }) =>
      effect === "Allow" &&
      principals?.members.some(
        ({ type, text }) => text === "*" || (type === "Federated" && text === provider.arn),
      ) !== principals?.negated,
  );
  const subject: Subject = { policy, provider, allows, context };
  return RULES.flatMap((rule) => rule(subject).map((found) => withCorrection(subject, found, rule)));
}

function withCorrection(subject: Subject, found: Finding, rule: Rule): Finding {
  const corrected = correct(subject, found, rule);
  return corrected === undefined ? found : { ...found, corrected: printReadPolicy(corrected) };
}
