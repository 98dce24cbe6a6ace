import type { CompiledPolicy, CompiledStatement } from "./compile-policy";
import { reasonsOf, type StatementReason } from "./reasons";
import type { AccessRequest } from "./request";
import { everyTruth, type Truth } from "./truth";

/** A policy's decision on a request. */
export interface Decision {
  readonly verdict: "allowed" | "denied" | "unknown";
  /**
   * `implicit-deny`: no statement allows it. `open`: it depends on open keys.
   */
  readonly because: "allow" | "explicit-deny" | "implicit-deny" | "open";
  /** The statement that decided; undefined where none did. */
  readonly decidedBy?: string;
  /**
   * What an unknown answer depends on: names of keys as the policy writes them, sorted. Empty for a
   * known answer.
   */
  readonly dependsOn: readonly string[];
  /**
   * Each statement with all its parts, in the order of the policy. Computed on first access.
   */
  readonly statements: readonly StatementReason[];
}

/**
 * Decides a request by one policy: an explicit deny, then an allow, then the implicit deny (IAM
 * User Guide, "Policy evaluation logic"). Unknown where some values of the open keys may lead to
 * another verdict than others.
 */
export function decide({ statements }: CompiledPolicy, request: AccessRequest): Decision {
  const unknown: CompiledStatement[] = [];
  let allowing: CompiledStatement | undefined;
  for (const one of statements) {
    const applies = appliesTo(one, request);
    if (applies === false) continue;
    if (applies === "unknown") unknown.push(one);
    else if (one.statement.effect === "Deny") return decision(statements, request, "explicit-deny", one);
    else allowing ??= one;
  }
  const mayDeny = unknown.filter(({ statement }) => statement.effect === "Deny");
  const mayAllow = unknown.filter(({ statement }) => statement.effect === "Allow");
  if (allowing === undefined && mayAllow.length === 0) return decision(statements, request, "implicit-deny");
  if (allowing !== undefined && mayDeny.length === 0) return decision(statements, request, "allow", allowing);
  return decision(statements, request, "open", undefined, [
    ...mayDeny,
    ...(allowing === undefined ? mayAllow : []),
  ]);
}

function appliesTo({ parts }: CompiledStatement, request: AccessRequest): Truth {
  return everyTruth(parts, (part) => part.holds(request));
}

const VERDICTS = {
  allow: "allowed",
  "explicit-deny": "denied",
  "implicit-deny": "denied",
  open: "unknown",
} as const;

function decision(
  statements: readonly CompiledStatement[],
  request: AccessRequest,
  because: Decision["because"],
  by?: CompiledStatement,
  undecided: readonly CompiledStatement[] = [],
): Decision {
  return {
    verdict: VERDICTS[because],
    because,
    ...(by === undefined ? {} : { decidedBy: by.statement.path }),
    dependsOn: undecided.length === 0 ? [] : openKeys(undecided, request),
    get statements() {
      return statements.map((one) => reasonsOf(one, request));
    },
  };
}

function openKeys(undecided: readonly CompiledStatement[], request: AccessRequest): readonly string[] {
  const keys = undecided.flatMap(({ parts }) =>
    parts.filter((part) => part.holds(request) === "unknown").flatMap((part) => part.dependsOn(request)),
  );
  return [...new Set(keys)].sort();
}
