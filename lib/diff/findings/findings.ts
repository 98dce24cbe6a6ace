import { compareText } from "../../collections/sort";
import { stableId } from "../../collections/stable-id";
import { handWrittenRoles } from "../../config/model/grants";
import { compareSeverities, handWritten } from "../../iam/audit/core/finding";
import { isAdministration } from "../../iam/risk/classes";
import type { PlanContext } from "../context/plan-context";
import type { PolicyReading } from "../context/policy-reading";
import { declaredAt, type Principal } from "../context/principals";
import type { Snapshot } from "../context/timelines";
import { trustAt } from "../context/trust-policy";
import type { ReviewFinding } from "../model/access-change";
import { canonical } from "../model/change";
import { principalRisk } from "../risk/principal-risk";
import { tokenProof } from "../tokens/token-sentences";
import { type AuditedFinding, TrustAudits } from "./trust-audits";

/**
 * What `audit` finds in the trust policy of every role as it will be, the worst first: of those
 * that do not change, too.
 */
export function findingsOf(context: PlanContext): readonly ReviewFinding[] {
  const audits = new TrustAudits(context);
  const findings = [...context.roles.byKey.values()].flatMap((role) => findingsIn(role, context, audits));
  return findings.toSorted(
    (one, other) =>
      compareSeverities(one.severity, other.severity) ||
      compareText(one.stack, other.stack) ||
      compareText(one.address, other.address) ||
      compareText(one.rule, other.rule) ||
      compareText(one.path, other.path) ||
      compareText(one.id, other.id),
  );
}

function findingsIn(role: Principal, context: PlanContext, audits: TrustAudits): readonly ReviewFinding[] {
  const declared = declaredAt(role, "planned");
  if (declared === undefined || declared.isForgotten) return [];
  const [now, later] = [trustAt(role, "current", context), trustAt(role, "planned", context)];
  // An unreadable policy that changes is reported as a change; one that does not change is a
  // finding.
  if (later.kind === "unknown" && declared.isPlanned) return [];
  const comparer = (reading: PolicyReading, snapshot: Snapshot) =>
    audits.of(reading, () => isAdmin(role, snapshot, context));
  const own = handWrittenIn(role.name, later, context);
  const planned = [...own, ...comparer(later, "planned")];
  if (planned.length === 0) return [];
  const before = new Map<string, number>();
  for (const { meaning } of [...handWrittenIn(role.name, now, context), ...comparer(now, "current")])
    before.set(meaning, (before.get(meaning) ?? 0) + 1);
  return planned.map(({ found, meaning }): ReviewFinding => {
    const left = before.get(meaning) ?? 0;
    before.set(meaning, left - 1);
    const { id: rule, severity, path, message, counterexample } = found;
    return {
      id: stableId("finding", [
        declared.stack,
        role.name,
        declared.address,
        declared.account ?? null,
        meaning,
      ]),
      stack: declared.stack,
      role: role.name,
      address: declared.address,
      rule,
      severity,
      path,
      message,
      isNew: left <= 0,
      ...(counterexample === undefined ? {} : { proof: tokenProof(counterexample) }),
    };
  });
}

/** Whether access.yaml gives the role this policy as text in a file, without its principals. */
function handWrittenIn(
  name: string,
  reading: PolicyReading,
  { access }: PlanContext,
): readonly AuditedFinding[] {
  if (reading.kind !== "policy") return [];
  return handWrittenRoles(access?.projects.flatMap(({ roles }) => roles) ?? [])
    .filter((role) => role.name === name && canonical(role.trust.text) === canonical(reading.text))
    .slice(0, 1)
    .map(({ trust }) => ({ found: handWritten(trust.file), meaning: "hand-written" }));
}

function isAdmin(role: Principal, snapshot: Snapshot, context: PlanContext): boolean {
  const risk = principalRisk(role, snapshot, context);
  return risk !== undefined && isAdministration(risk.class);
}
