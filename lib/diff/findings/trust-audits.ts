import { remembered } from "../../collections/remembered";
import { acceptsTokensWithoutOrigin, grantingProjects } from "../../config/model/grants";
import { plainText } from "../../describe/phrase";
import { auditTrustPolicy, concernsCircleCi } from "../../iam/audit/audit-trust-policy";
import type { AuditContext } from "../../iam/audit/core/context";
import { type Finding, finding, textAt } from "../../iam/audit/core/finding";
import { contextOf } from "../../iam/audit/core/own-context";
import { trustTextOf } from "../../iam/write/trust/trust-policy";
import type { PlanContext } from "../context/plan-context";
import type { PolicyReading } from "../context/policy-reading";
import { canonical } from "../model/change";

export interface AuditedFinding {
  readonly found: Finding;
  /** The problem, without its place in the policy. */
  readonly meaning: string;
}

/**
 * Audits of trust policies, each text once: most of an audit is proof, and many roles hold the
 * same.
 */
export class TrustAudits {
  readonly #context: AuditContext;
  readonly #ours: ReadonlySet<string>;
  readonly #known = new Map<PolicyReading, readonly AuditedFinding[]>();
  readonly #knownOfAdmins = new Map<PolicyReading, readonly AuditedFinding[]>();

  constructor({ access, providers }: PlanContext) {
    if (access === undefined) {
      this.#context = { providers };
      this.#ours = new Set();
      return;
    }
    this.#context = { ...contextOf(access), providers };
    // Every synth proves that the policy from access.yaml allows no other principal. Two findings
    // are possible: a second provider, and tokens without an origin, if access.yaml allows them.
    const granted = grantingProjects(access).flatMap((project) => project.roles);
    const roles =
      providers.length > 1 ? [] : granted.filter(({ grant }) => !acceptsTokensWithoutOrigin(grant));
    this.#ours = new Set(roles.map((role) => canonical(trustTextOf(role))));
  }

  /** @param isAdmin whether the role may do everything: it is asked only where that matters */
  of(reading: PolicyReading, isAdmin: () => boolean): readonly AuditedFinding[] {
    const plain = remembered(this.#known, reading, () => this.#comparer(reading, this.#context));
    // Only of a role that every project gets into does it matter what it may do.
    if (!plain.some(({ found }) => found.id === "project-wildcard") || !isAdmin()) return plain;
    return remembered(this.#knownOfAdmins, reading, () =>
      this.#comparer(reading, { ...this.#context, isAdmin: () => true }),
    );
  }

  #comparer(reading: PolicyReading, context: AuditContext): readonly AuditedFinding[] {
    if (reading.kind === "none") return [];
    if (reading.kind === "unknown") {
      const reason = plainText(reading.reason);
      const found = finding("policy-not-decided", "", `it ${reason}`);
      return [{ found, meaning: JSON.stringify([found.id, reason]) }];
    }
    const { policy, text } = reading;
    if (!concernsCircleCi(policy, context.servers) || this.#ours.has(canonical(text))) return [];
    return auditTrustPolicy(policy, context).map((found) => ({
      found,
      meaning: JSON.stringify([found.id, found.message, textAt(policy, found.path)]),
    }));
  }
}
