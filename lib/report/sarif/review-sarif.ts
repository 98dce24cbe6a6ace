import { plainText } from "../../describe/phrase";
import { riskWord } from "../../describe/risk";
import type { AccessChange } from "../../diff/model/access-change";
import { FINDINGS, SEVERITIES, type Severity } from "../../iam/audit/core/finding";
import { RISK_CLASSES, type RiskClass } from "../../iam/risk/classes";
import { type SarifLevel, type SarifResult, type SarifRule, sarifLog } from "../../sarif/sarif";
import type { Review } from "../model/review";
import { isEquivalent } from "../rows/rows-of";
import type { GateResult } from "../verdict/gate";

/** Where a resource of a stack is declared. */
export interface Place {
  /** Relative to the repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Undefined for the address: the stack as a whole. Always a place: code scanning requires one. */
export type PlaceOf = (stack: string, address: string | undefined) => Place;

/** By GitHub's scale (lib/sarif/sarif.ts), in the order of the classes. */
const SECURITY: Readonly<Record<RiskClass, string>> = {
  administrator: "9.5",
  "privilege-escalation": "9.1",
  "external-access": "8.5",
  "all-data": "8.0",
  "data-destruction": "7.5",
  undetermined: "6.0",
  "wider-trust": "5.0",
  "new-actions": "4.0",
  "longer-session": "3.0",
  other: "2.0",
  none: "0.0",
};

const BY_SEVERITY: Readonly<Record<Severity, { level: SarifLevel; security: string }>> = {
  high: { level: "error", security: "8.0" },
  medium: { level: "warning", security: "5.0" },
  low: { level: "note", security: "2.0" },
};

const NOT_EXAMINED = "not-examined";
const NOT_PLANNED = "not-planned";

/**
 * The review for code scanning: every change that gains access or is undetermined, what was not
 * examined, findings, and stacks that could not be planned, since no result is known of these.
 * Losses of access are no alerts.
 */
export function reviewSarif(review: Review, gate: GateResult, placeOf: PlaceOf): string {
  return sarifLog("cdktf-circleci-oidc review", RULES, [
    ...notPlanned(review, placeOf),
    ...review.access
      .filter(
        (change) => !isEquivalent(change) && change.risk.effect !== "lost" && change.risk.class !== "none",
      )
      .map((change) => resultOf(change, gate, placeOf)),
    ...(review.notExamined ?? []).map(
      ({ id, stack, address, reason }): SarifResult => ({
        rule: NOT_EXAMINED,
        level: "warning",
        message: `${address}: not examined: ${plainText(reason)}`,
        ...placeOf(stack, address),
        ...identity(id, gate),
      }),
    ),
    ...review.findings.map(
      ({ id, stack, address, rule, role, severity, message }): SarifResult => ({
        rule,
        level: BY_SEVERITY[severity].level,
        message: `${role}: ${message}`,
        ...placeOf(stack, address),
        ...identity(id, gate),
      }),
    ),
  ]);
}

const RULES: readonly SarifRule[] = [
  ...RISK_CLASSES.map((id) => ({
    id,
    description: riskWord(id),
    help: "docs/review/risk.md",
    level: levelOf(id),
    security: SECURITY[id],
  })),
  {
    id: NOT_EXAMINED,
    description: "not examined",
    help: "docs/review/coverage.md",
    level: "warning",
    security: SECURITY.undetermined,
  },
  {
    id: NOT_PLANNED,
    description: "could not be planned",
    help: "docs/review/planning.md",
    level: "error",
    security: SECURITY.undetermined,
  },
  ...SEVERITIES.flatMap((severity) =>
    Object.entries(FINDINGS)
      .filter(([, own]) => own === severity)
      .map(([id]) => ({
        id,
        description: id.replaceAll("-", " "),
        help: `docs/findings.md#${id}`,
        ...BY_SEVERITY[severity],
      })),
  ),
];

function levelOf(risk: RiskClass): SarifLevel {
  return Number(SECURITY[risk]) >= 7 ? "error" : Number(SECURITY[risk]) >= 4 ? "warning" : "note";
}

function resultOf(change: AccessChange, gate: GateResult, placeOf: PlaceOf): SarifResult {
  const { id, stack, subject, source, risk, sentences, reason = [], addresses } = change;
  const gained = sentences.filter(({ effect }) => effect === "gained");
  const said = gained.map(({ phrase }) => plainText(phrase));
  const facts = said.length > 0 ? said.join("; ") : `${subject}: ${plainText(reason)}`;
  return {
    rule: risk.class,
    level: levelOf(risk.class),
    message: `${facts}${source === "drift" ? " (changed outside of Terraform)" : ""}`,
    ...placeOf(stack, addresses[0]),
    ...identity(id, gate),
  };
}

function notPlanned({ stacks, leftOut }: Review, placeOf: PlaceOf): readonly SarifResult[] {
  const names = [...stacks, ...leftOut].filter(({ isErrored }) => isErrored === true).map(({ name }) => name);
  return names.map((name) => ({
    rule: NOT_PLANNED,
    level: "error",
    message: `${name}: could not be planned; its changes are not known`,
    ...placeOf(name, undefined),
    fingerprint: ["change/v1", `not-planned ${name}`],
  }));
}

/**
 * The id is made of the change: the same alert in every run, and another one for another change.
 */
function identity(id: string, { accepted }: GateResult): Pick<SarifResult, "fingerprint" | "accepted"> {
  return {
    fingerprint: ["change/v1", id],
    ...(accepted.includes(id) ? { accepted: "accepted for this review" } : {}),
  };
}
