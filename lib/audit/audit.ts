import { hasGrant } from "../config/model/grants";
import type { Access, DatedEntry } from "../config/model/model";
import { endedEntries, endingEntries } from "../describe/dated-entries";
import { isAtLeast } from "../describe/severity";
import {
  compareSeverities,
  type Finding,
  finding,
  handWritten,
  type Severity,
} from "../iam/audit/core/finding";
import { contextOf } from "../iam/audit/core/own-context";
import { providerArn } from "../iam/language/arns";
import { parsePolicy } from "../iam/language/read-policy";
import { rolePermissions } from "../iam/write/role-permissions";
import { trustTextOf } from "../iam/write/trust/trust-policy";
import type { Acceptance } from "../project/acceptance";
import { awsPolicies } from "../project/aws-data";
import { issuerOf } from "../token/issuer";
import { acceptIdOf, auditRole, type RoleAudit, type RoleFinding } from "./audit-role";
import type { AuditedRole } from "./found/audited-role";
import type { AuditInputs } from "./inputs/read-inputs";

export interface AuditResult {
  /** The worst first. */
  readonly findings: readonly RoleFinding[];
  /** Trust policies that allow CircleCI tokens. */
  readonly audited: number;
  /** Roles that name CircleCI but allow none of its tokens; each has a finding that says why. */
  readonly lettingNobodyIn: number;
  /**
   * Roles whose allowed tokens could not be determined; each has a finding `policy-not-decided`.
   */
  readonly notDecided: number;
  /**
   * Roles that trust other identity providers, which are not audited. They may trust CircleCI too.
   */
  readonly otherIssuers: number;
  /** Roles that trust no identity provider for tokens. */
  readonly others: number;
  readonly skipped: AuditInputs["skipped"];
  /** Files of a folder that could not be read. Each has a finding `policy-not-decided`. */
  readonly unread: AuditInputs["unread"];
  readonly incomplete: AuditInputs["incomplete"];
  /** Entries of access.yaml that have ended, or end within 14 days. Undefined: none. */
  readonly grants?: GrantNotes;
}

interface GrantNotes {
  readonly ended: readonly DatedEntry[];
  readonly ending: readonly DatedEntry[];
  /** The moment of the audit: ISO 8601 in UTC, to the second. */
  readonly at: string;
}

/**
 * Audits every role of the inputs.
 * @param servers hosts of CircleCI Server, whose tokens count as CircleCI's
 */
export function auditInputs(
  { roles, skipped, unread, incomplete }: Omit<AuditInputs, "sources">,
  servers: readonly string[] = [],
): AuditResult {
  // Roles that name several providers for one issuer show these, even if the input lists none.
  const named = roles.flatMap((role) => federatedArns(role, servers));
  const judged = roles.map((role) =>
    auditRole({ ...role, providers: [...(role.providers ?? []), ...named] }, { servers }, awsPolicies),
  );
  const count = (is: (one: RoleAudit) => boolean): number => judged.filter(is).length;
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
 * Audits the roles of access.yaml. Generated trust policies are proven at every synth: a finding on
 * one is either requested by the file (tokens without an origin) or a bug of this project.
 * Hand-written ones are audited like any other policy.
 * @param at for which entries of the file have ended: ISO 8601 in UTC, to the second. Undefined:
 * this is not asked
 */
export function auditAccess(access: Access, file: string, at?: string): AuditResult {
  const context = contextOf(access);
  const roles = access.projects.flatMap((project) => project.roles);
  const judged = access.projects.flatMap((project) =>
    project.roles.map((role) =>
      auditRole(
        {
          name: role.name,
          file,
          path: "",
          policy: parsePolicy(trustTextOf(role)),
          permissions: (aws) => rolePermissions(role, access, aws),
        },
        { ...context, providers: [providerArn(role.account, issuerOf(project.organization))] },
        awsPolicies,
      ),
    ),
  );
  const unproven = roles.flatMap((role) =>
    hasGrant(role) ? [] : [ofRole(handWritten(role.trust.file), role.name, file)],
  );
  const count = (wanted: RoleAudit["verdict"]): number =>
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
    ...(at === undefined ? {} : grantNotes(access, at)),
  };
}

function grantNotes(access: Access, at: string): Pick<AuditResult, "grants"> {
  const [ended, ending] = [endedEntries(access, at), endingEntries(access, at)];
  return ended.length + ending.length === 0 ? {} : { grants: { ended, ending, at } };
}

/** CircleCI's providers by name, including those whose URL no token's issuer matches. */
function federatedArns({ policy }: AuditedRole, servers: readonly string[]): readonly string[] {
  const hosts = ["oidc.circleci.com", ...servers];
  const members = (policy?.statements ?? []).flatMap(({ principals }) => principals?.members ?? []);
  return members
    .map(({ text }) => text)
    .filter((arn) => hosts.some((host) => arn.toLowerCase().includes(`:oidc-provider/${host}`)));
}

function inOrder(findings: readonly RoleFinding[]): readonly RoleFinding[] {
  return [...findings].sort((one, other) => compareSeverities(one.severity, other.severity));
}

/**
 * Whether `--fail-on` fails: on a finding of this severity or worse, on every role that could not
 * be audited, and on an incomplete input. Accepted findings do not count; an incomplete input
 * cannot be accepted.
 */
export function failsOn({ findings, incomplete }: AuditResult, least: Severity): boolean {
  return (
    incomplete.length > 0 ||
    findings.some(
      ({ id, severity, accepted }) =>
        accepted === undefined && (id === "policy-not-decided" || isAtLeast(severity, least)),
    )
  );
}

/** Marks the accepted findings of a result. @param acceptances those that hold today */
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
