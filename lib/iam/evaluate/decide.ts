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
export function decide(policy: CompiledPolicy, request: AccessRequest): Decision {
  const unknown: CompiledStatement[] = [];
  let allowing: CompiledStatement | undefined;
  for (const one of policy.statements) {
    const applies = appliesTo(one, request);
    if (applies === false) continue;
    if (applies === "unknown") unknown.push(one);
    else if (one.statement.effect === "Deny") {
      return new Decided(policy, request, "explicit-deny", one.statement.path);
    } else allowing ??= one;
  }
  const mayDeny = unknown.filter(({ statement }) => statement.effect === "Deny");
  const mayAllow = unknown.filter(({ statement }) => statement.effect === "Allow");
  if (allowing === undefined && mayAllow.length === 0) return new Decided(policy, request, "implicit-deny");
  if (allowing !== undefined && mayDeny.length === 0) {
    return new Decided(policy, request, "allow", allowing.statement.path);
  }
  return new Decided(policy, request, "open", undefined, [
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

/** A class, since an object literal with a getter takes twenty times as long to make. */
class Decided implements Decision {
  readonly verdict: Decision["verdict"];
  readonly decidedBy?: string;
  readonly dependsOn: readonly string[];
  readonly #statements: readonly CompiledStatement[];
  readonly #request: AccessRequest;

  constructor(
    { statements }: CompiledPolicy,
    request: AccessRequest,
    readonly because: Decision["because"],
    decidedBy?: string,
    undecided: readonly CompiledStatement[] = [],
  ) {
    this.verdict = VERDICTS[because];
    if (decidedBy !== undefined) this.decidedBy = decidedBy;
    this.dependsOn = undecided.length === 0 ? [] : openKeys(undecided, request);
    this.#statements = statements;
    this.#request = request;
  }

  get statements(): readonly StatementReason[] {
    return this.#statements.map((one) => reasonsOf(one, this.#request));
  }
}

function openKeys(undecided: readonly CompiledStatement[], request: AccessRequest): readonly string[] {
  const keys = undecided.flatMap(({ parts }) =>
    parts.filter((part) => part.holds(request) === "unknown").flatMap((part) => part.dependsOn(request)),
  );
  return [...new Set(keys)].sort();
}
