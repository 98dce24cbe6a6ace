import type { JsonPath, Policy } from "../../language/policy";
import type { Counterexample } from "../../prove/tokens/counterexample";

export type Severity = "high" | "medium" | "low";

/** The worst first. */
export const SEVERITIES: readonly Severity[] = ["high", "medium", "low"];

/** For sorting: the worst first. */
export function compareSeverities(one: Severity, other: Severity): number {
  return SEVERITIES.indexOf(one) - SEVERITIES.indexOf(other);
}

/** A problem of a trust policy. */
export interface Finding {
  /** Stable; the heading of its section in docs/findings.md. */
  readonly id: FindingId;
  readonly severity: Severity;
  /** Where in the policy; the policy itself is the empty path. */
  readonly path: JsonPath;
  /** What is wrong there, in one sentence. */
  readonly message: string;
  /** A token that is allowed because of it. */
  readonly counterexample?: Counterexample;
  /** The policy without it, as text, where that can be had without knowing more. */
  readonly corrected?: string;
}

export const FINDINGS = {
  "shared-root-issuer": "high",
  "no-subject-condition": "high",
  "negated-only": "high",
  "project-wildcard": "high",
  "project-wildcard-with-admin": "high",
  "wildcard-past-field": "high",
  "other-organizations": "high",
  "condition-always-true": "high",
  "everyone-let-in": "high",
  "origin-not-pinned": "medium",
  "tokens-without-origin": "medium",
  "audience-missing": "medium",
  "passes-without-key": "medium",
  "key-with-scheme": "medium",
  "principal-missing": "medium",
  "principal-not-provider": "medium",
  "placeholder-id": "medium",
  "resource-in-trust-policy": "medium",
  "wrong-action": "medium",
  "two-issuers": "medium",
  "condition-never-true": "medium",
  "subject-never-issued": "medium",
  "no-token-matches": "medium",
  "deny-always-true": "medium",
  "misplaced-id": "medium",
  "duplicate-provider": "medium",
  "policy-not-decided": "medium",
  "audit-log-subject": "low",
  "audience-other": "low",
  "deny-without-effect": "low",
  "others-let-in": "low",
  "hand-written": "low",
} as const satisfies Readonly<Record<string, Severity>>;

export type FindingId = keyof typeof FINDINGS;

/**
 * Findings about a policy, statement or value that is intended for CircleCI tokens but matches
 * none.
 */
export const ALLOWS_NO_TOKEN: ReadonlySet<FindingId> = new Set<FindingId>([
  "key-with-scheme",
  "principal-missing",
  "principal-not-provider",
  "placeholder-id",
  "wrong-action",
  "two-issuers",
  "condition-never-true",
  "subject-never-issued",
  "no-token-matches",
  "deny-always-true",
]);

/** In the order of docs/findings.md. */
export const FINDING_IDS = Object.keys(FINDINGS).filter((id): id is FindingId => id in FINDINGS);

/**
 * For a role whose trust policy is in a file, so that access.yaml does not define the allowed
 * tokens.
 */
export function handWritten(file: string): Finding {
  const message = `the trust policy is hand-written (${file}): access.yaml does not define which tokens it allows, so it is not proven`;
  return finding("hand-written", "", message);
}

export function finding(
  id: FindingId,
  path: JsonPath,
  message: string,
  counterexample?: Counterexample,
): Finding {
  return {
    id,
    severity: FINDINGS[id],
    path,
    message,
    ...(counterexample === undefined ? {} : { counterexample }),
  };
}

/**
 * The text at a finding's path: the value, the operator and key of a condition, or the Sid and
 * effect of a statement. Unlike the path, it stays the same if the statements are reordered.
 */
export function textAt({ statements }: Policy, path: string): string {
  for (const { conditions, path: whole, sid, effect } of statements) {
    const value = conditions.flatMap(({ values }) => values).find((one) => one.path === path);
    if (value !== undefined) return value.text;
    const condition = conditions.find((one) => one.path === path);
    if (condition !== undefined) return `${condition.operator.name} ${condition.key}`;
    if (whole === path) return `${sid ?? ""} ${effect}`;
  }
  return "";
}
