import { compareText } from "../../access/sort";
import { allowsEverything, isAdminArn } from "../../audit/audited-role";
import { auditTrustPolicy, circleciProvidersIn } from "../../iam/audit/audit-trust-policy";
import type { AuditContext } from "../../iam/audit/context";
import { type Finding, finding, type Severity } from "../../iam/audit/finding";
import type { Policy } from "../../iam/language/policy";
import type { ReviewFinding } from "../model/access-change";
import { plainText } from "../model/phrase";
import { stableId } from "../model/stable-id";
import type { Moment } from "./moments";
import type { PolicyReading } from "./policy-reading";
import { rightsAt } from "./role-rights";
import { heldAt, type Role } from "./roles";
import type { Scene } from "./scene";
import { tokenProof, trustAt } from "./trust-changes";

const RANK: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

/** What `audit` finds in the trust policy of every role as it will be, the worst first: of those that do not change, too. */
export function findingsOf(scene: Scene): readonly ReviewFinding[] {
  const known = contextOf(scene);
  const remembered = new Map<string, readonly Finding[]>();
  const audit = (policy: Policy, text: string, context: AuditContext): readonly Finding[] => {
    const key = JSON.stringify([text, context.isAdmin === true]);
    const found = remembered.get(key) ?? auditTrustPolicy(policy, context);
    remembered.set(key, found);
    return found;
  };
  const findings = [...scene.roles.byKey.values()].flatMap((role) => findingsIn(role, scene, known, audit));
  return findings.toSorted(
    (one, other) =>
      RANK[one.severity] - RANK[other.severity] ||
      compareText(one.stack, other.stack) ||
      compareText(one.address, other.address) ||
      compareText(one.rule, other.rule) ||
      compareText(one.path, other.path) ||
      compareText(one.id, other.id),
  );
}

type Audit = (policy: Policy, text: string, context: AuditContext) => readonly Finding[];

function contextOf({ access, providers }: Scene): AuditContext {
  if (access === undefined) return { providers };
  return {
    organization: access.organization.id,
    projects: access.projects.map(({ id }) => id),
    people: access.people.map(({ id }) => id),
    audiences: [access.organization.audience, ...access.projects.map(({ audience }) => audience)],
    providers,
  };
}

function findingsIn(role: Role, scene: Scene, known: AuditContext, audit: Audit): readonly ReviewFinding[] {
  const held = heldAt(role, "planned");
  if (held === undefined || held.isForgotten) return [];
  const [now, later] = [trustAt(role, "found", scene), trustAt(role, "planned", scene)];
  // What cannot be read and is changed is told as a change; what stays so is a finding.
  if (later.kind === "unknown" && held.isPlanned) return [];
  const judge = (reading: PolicyReading, moment: Moment) =>
    judged(reading, () => isAdmin(role, moment, scene), known, audit);
  const planned = judge(later, "planned");
  if (planned.length === 0) return [];
  const before = new Map<string, number>();
  for (const { meaning } of judge(now, "found")) before.set(meaning, (before.get(meaning) ?? 0) + 1);
  return planned.map(({ found, meaning }): ReviewFinding => {
    const left = before.get(meaning) ?? 0;
    before.set(meaning, left - 1);
    const { id: rule, severity, path, message, witness } = found;
    return {
      id: stableId("finding", [held.stack, role.name, held.address, held.account ?? null, meaning]),
      ...{ stack: held.stack, role: role.name, address: held.address, rule, severity, path, message },
      isNew: left <= 0,
      ...(witness === undefined ? {} : { proof: tokenProof(witness) }),
    };
  });
}

interface Judged {
  readonly found: Finding;
  /** What is wrong, wherever in the policy it stands. */
  readonly meaning: string;
}

function judged(
  reading: PolicyReading,
  isAdmin: () => boolean,
  known: AuditContext,
  audit: Audit,
): readonly Judged[] {
  if (reading.kind === "none") return [];
  if (reading.kind === "unknown") {
    const reason = plainText(reading.reason);
    return [
      {
        found: finding("policy-not-decided", "", `it ${reason}`),
        meaning: JSON.stringify(["policy-not-decided", reason]),
      },
    ];
  }
  const { policy, text } = reading;
  if (circleciProvidersIn(policy).length === 0) return [];
  const plain = audit(policy, text, known);
  // Only of a role that every project gets into does it matter what it may do.
  const isOpen = plain.some(({ id }) => id === "project-wildcard");
  const found = isOpen && isAdmin() ? audit(policy, text, { ...known, isAdmin: true }) : plain;
  return found.map((one) => ({
    found: one,
    meaning: JSON.stringify([one.id, one.message, textAt(policy, one.path)]),
  }));
}

/** The value of a policy that a path leads to, or of a statement what it says; it may have moved, and be the same. */
function textAt({ statements }: Policy, path: string): string {
  for (const { conditions, path: whole, sid, effect } of statements) {
    const value = conditions.flatMap(({ values }) => values).find((one) => one.path === path);
    if (value !== undefined) return value.text;
    const condition = conditions.find((one) => one.path === path);
    if (condition !== undefined) return `${condition.operator.name} ${condition.key}`;
    if (whole === path) return `${sid ?? ""} ${effect}`;
  }
  return "";
}

/** Whether a role may do everything, or give itself every right, by policies that are known. */
function isAdmin(role: Role, moment: Moment, { managed, reader }: Scene): boolean {
  return (rightsAt(role, moment, managed, reader)?.identity ?? []).some(
    ({ name, content }) => isAdminArn(name) || (content.kind === "policy" && allowsEverything(content.text)),
  );
}
