import { hasGrant } from "../config/model/grants";
import type { Access } from "../config/model/model";
import type { AuditContext } from "../iam/audit/core/context";
import { type Finding, finding, handWritten, type Severity } from "../iam/audit/core/finding";
import { providerArn } from "../iam/language/provider-arn";
import { parsePolicy } from "../iam/language/read-policy";
import { trustTextOf } from "../iam/write/trust/trust-policy";
import type { Acceptance } from "../project/acceptance";
import { issuerOf } from "../token/issuer";
import { acceptIdOf } from "./accept-id";
import type { AuditedRole } from "./audited-role";
import { type JudgedRole, judgeRole, type RoleFinding } from "./judge-role";
import type { AuditInputs } from "./read-inputs";

export interface AuditResult {
  /** The worst first. */
  readonly findings: readonly RoleFinding[];
  /** Trust policies that were judged and let CircleCI's tokens in. */
  readonly audited: number;
  /** Roles that name CircleCI and let in none of its tokens; each has a finding that says why. */
  readonly lettingNobodyIn: number;
  /** Roles of which it could not be said who gets in; each has a finding `policy-not-decided`. */
  readonly notDecided: number;
  /**
   * Roles that trust identity providers of others, of which an audit says nothing. They may trust
   * CircleCI as well.
   */
  readonly otherIssuers: number;
  /** Roles that have nothing to do with CircleCI, nor with another provider of tokens. */
  readonly others: number;
  readonly skipped: AuditInputs["skipped"];
  /**
   * Files of a folder that could not be read: what is in them was not judged. Each has a finding
   * `policy-not-decided`.
   */
  readonly unread: AuditInputs["unread"];
  readonly incomplete: AuditInputs["incomplete"];
}

const RANK: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

/**
 * Every role that was found, audited by itself. @param servers hosts of CircleCI Server, whose
 * tokens count as CircleCI's
 */
export function auditInputs(
  { roles, skipped, unread, incomplete }: Omit<AuditInputs, "sources">,
  servers: readonly string[] = [],
): AuditResult {
  // Roles that federate several providers for one issuer show these, even where the input lists no
  // providers.
  const named = roles.flatMap((role) => federatedArns(role, servers));
  const judged = roles.map((role) =>
    judgeRole({ ...role, providers: [...(role.providers ?? []), ...named] }, { servers }),
  );
  const count = (is: (one: JudgedRole) => boolean): number => judged.filter(is).length;
  const notRead = unread.map(({ file, reason }) =>
    ofRole(finding("policy-not-decided", "", `the file could not be read: ${reason}`), file, file),
  );
  return {
    findings: inOrder([...judged.flatMap(({ findings }) => findings), ...notRead]),
    audited: count(({ verdict }) => verdict === "circleci"),
    lettingNobodyIn: count(({ verdict }) => verdict === "nobody"),
    notDecided: count(({ verdict }) => verdict === "undecided"),
    otherIssuers: count(({ trustsOtherIssuers }) => trustsOtherIssuers),
    others: count(({ verdict, trustsOtherIssuers }) => verdict === "other" && !trustsOtherIssuers),
    skipped,
    unread,
    incomplete,
  };
}

/**
 * The roles of access.yaml. Those that say whom they let in are proven at every synth; what an
 * audit finds of them is what the file asks for, tokens without an origin, or an error of ours. Of
 * hand-written ones it says what their authors may not have meant.
 */
export function auditAccess(access: Access, file: string): AuditResult {
  const organization = access.organization.id;
  const context: AuditContext = {
    organization,
    servers: [access.organization.server ?? []].flat(),
    projects: access.projects.flatMap(({ id }) => id ?? []),
    people: access.people.map(({ id }) => id),
    audiences: [access.organization.audience, ...access.projects.map(({ audience }) => audience)],
  };
  const roles = access.projects.flatMap((project) => project.roles);
  const judged = roles.map((role) =>
    judgeRole(
      { name: role.name, file, path: "", policy: parsePolicy(trustTextOf(role)) },
      { ...context, providers: [providerArn(role.account, issuerOf(access.organization))] },
    ),
  );
  const unproven = roles.flatMap((role) =>
    hasGrant(role) ? [] : [ofRole(handWritten(role.trust.file), role.name, file)],
  );
  const count = (wanted: JudgedRole["verdict"]): number =>
    judged.filter(({ verdict }) => verdict === wanted).length;
  return {
    findings: inOrder([...unproven, ...judged.flatMap(({ findings }) => findings)]),
    audited: count("circleci"),
    lettingNobodyIn: count("nobody"),
    notDecided: count("undecided"),
    otherIssuers: judged.filter(({ trustsOtherIssuers }) => trustsOtherIssuers).length,
    others: count("other"),
    skipped: [],
    unread: [],
    incomplete: [],
  };
}

/**
 * CircleCI's providers by what they are called, also those whose URL is written in a way that no
 * token's issuer is.
 */
function federatedArns({ policy }: AuditedRole, servers: readonly string[]): readonly string[] {
  const hosts = ["oidc.circleci.com", ...servers];
  const members = (policy?.statements ?? []).flatMap(({ principals }) => principals?.members ?? []);
  return members
    .map(({ text }) => text)
    .filter((arn) => hosts.some((host) => arn.toLowerCase().includes(`:oidc-provider/${host}`)));
}

function inOrder(findings: readonly RoleFinding[]): readonly RoleFinding[] {
  return [...findings].sort((one, other) => RANK[one.severity] - RANK[other.severity]);
}

/**
 * Whether a gate at this severity is shut: by a finding that bad or worse, and by all that was not
 * judged, whatever the severity. What is accepted shuts none; an input that is not the whole cannot
 * be accepted.
 */
export function isShut({ findings, incomplete }: AuditResult, least: Severity): boolean {
  return (
    incomplete.length > 0 ||
    findings.some(
      ({ id, severity, accepted }) =>
        accepted === undefined && (id === "policy-not-decided" || RANK[severity] <= RANK[least]),
    )
  );
}

/**
 * A result with the findings marked that somebody accepts. @param acceptances those that hold today
 */
export function withAcceptances(result: AuditResult, acceptances: readonly Acceptance[]): AuditResult {
  return {
    ...result,
    findings: result.findings.map((one) => {
      const found = acceptances.find(({ id }) => id === one.acceptId);
      if (found === undefined) return one;
      const { until, reason } = found;
      const accepted = {
        ...(until === undefined ? {} : { until }),
        ...(reason === undefined ? {} : { reason }),
      };
      return { ...one, accepted };
    }),
  };
}

function ofRole(found: Finding, role: string, file: string): RoleFinding {
  return { ...found, role, file, acceptId: acceptIdOf(found, role, []) };
}
