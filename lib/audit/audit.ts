import { hasGrant } from "../access/granted-roles";
import type { Access } from "../access/model";
import { auditTrustPolicy, circleciProvidersIn } from "../iam/audit/audit-trust-policy";
import type { AuditContext } from "../iam/audit/context";
import { type Finding, finding, handWritten, type Severity } from "../iam/audit/finding";
import { parsePolicy } from "../iam/language/read-policy";
import { providerArn } from "../iam/provider-arn";
import { trustTextOf } from "../iam/trust-policy";
import type { AuditedRole } from "./audited-role";
import type { AuditInputs } from "./read-inputs";

export interface RoleFinding extends Finding {
  readonly role: string;
  readonly file: string;
}

export interface AuditResult {
  /** The worst first. */
  readonly findings: readonly RoleFinding[];
  /** Trust policies that were looked at, because they let CircleCI's tokens in. */
  readonly audited: number;
  /** Roles that have nothing to do with CircleCI. */
  readonly others: number;
  readonly skipped: AuditInputs["skipped"];
  readonly incomplete: AuditInputs["incomplete"];
}

const RANK: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

/** Every role that was found, audited by itself. */
export function auditInputs({ roles, skipped, incomplete }: Omit<AuditInputs, "sources">): AuditResult {
  const [ofCircleCi, others] = [
    roles.filter(concernsCircleCi),
    roles.filter((role) => !concernsCircleCi(role)),
  ];
  // Roles that federate several providers for one issuer show these, even where the input lists no providers.
  const named = roles.flatMap(federatedArns);
  const findings = ofCircleCi.flatMap((role) =>
    auditRole({ ...role, providers: [...(role.providers ?? []), ...named] }, {}),
  );
  return {
    findings: inOrder(findings),
    audited: ofCircleCi.length,
    others: others.length,
    skipped,
    incomplete,
  };
}

/**
 * The roles of access.yaml. Those that say whom they let in are proven at every synth; an audit of them that finds anything is an error of
 * ours. Of hand-written ones it says what their authors may not have meant.
 */
export function auditAccess(access: Access, file: string): AuditResult {
  const organization = access.organization.id;
  const context: AuditContext = {
    organization,
    projects: access.projects.flatMap(({ id }) => id ?? []),
    people: access.people.map(({ id }) => id),
    audiences: [access.organization.audience, ...access.projects.map(({ audience }) => audience)],
  };
  const roles = access.projects.flatMap((project) => project.roles);
  const findings = roles.flatMap((role) => [
    ...(hasGrant(role) ? [] : [{ ...handWritten(role.trust.file), role: role.name, file }]),
    ...auditRole(
      { name: role.name, file, path: "", policy: parsePolicy(trustTextOf(role)) },
      { ...context, providers: [providerArn(role.account, organization)] },
    ),
  ]);
  return { findings: inOrder(findings), audited: roles.length, others: 0, skipped: [], incomplete: [] };
}

/** CircleCI's providers by what they are called, also those whose URL is written in a way that no token's issuer is. */
function federatedArns({ policy }: AuditedRole): readonly string[] {
  const members = (policy?.statements ?? []).flatMap(({ principals }) => principals?.members ?? []);
  return members.map(({ text }) => text).filter((arn) => /:oidc-provider\/oidc\.circleci\.com/i.test(arn));
}

/** What cannot be read may concern it. */
function concernsCircleCi({ policy }: AuditedRole): boolean {
  return policy === undefined || circleciProvidersIn(policy).length > 0;
}

function auditRole(role: AuditedRole, known: AuditContext): readonly RoleFinding[] {
  const { name, file, path, policy, unreadable, isAdmin, providers } = role;
  const context: AuditContext = {
    ...known,
    ...(isAdmin === undefined ? {} : { isAdmin }),
    ...(providers === undefined ? {} : { providers }),
  };
  const found =
    policy === undefined
      ? [finding("policy-not-decided", path, `it cannot be read: ${unreadable ?? ""}`)]
      : auditTrustPolicy(policy, context);
  return found.map((one) => ({
    ...one,
    path: one.path === "" ? path : within(path, one.path),
    role: name,
    file,
  }));
}

/** Paths of a policy that was text in its document begin at the policy itself. */
function within(root: string, path: string): string {
  return root === "" || path.startsWith(root) ? path : `${root}.${path}`;
}

function inOrder(findings: readonly RoleFinding[]): readonly RoleFinding[] {
  return [...findings].sort((one, other) => RANK[one.severity] - RANK[other.severity]);
}

/** Whether a gate at this severity is shut. */
export function reaches(findings: readonly Finding[], least: Severity): boolean {
  return findings.some(({ severity }) => RANK[severity] <= RANK[least]);
}
