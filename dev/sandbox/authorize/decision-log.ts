import { appendFileSync, writeFileSync } from "node:fs";
import type { Decision } from "../../../lib/iam/evaluate/decide";
import type { StatementReason } from "../../../lib/iam/evaluate/reasons";
import { notWritten } from "../../../lib/project/write-whole";
import type { AwsFault } from "../protocol/aws-fault";
import type { Exchange } from "../protocol/exchange";

/**
 * One decision of the door, as a line of its log. Tokens, secrets and signatures never stand in it.
 */
export interface LoggedDecision {
  /** ISO 8601, UTC. */
  readonly time: string;
  /**
   * Whose call it is: a session's ARN, a token's subject, `anonymous`, or an access key that nobody
   * has.
   */
  readonly caller: string;
  /** Such as `s3:PutObject`; undefined where the call has no name that the door knows. */
  readonly action?: string;
  /** ARN. */
  readonly resource?: string;
  readonly verdict: "allowed" | "denied";
  /** What AWS would tell the caller; undefined where it is allowed. */
  readonly code?: string;
  readonly message?: string;
  /** What each policy says to it. */
  readonly policies: readonly PolicyReason[];
  /** Of a token: what AWS read in it, after its signature was found good. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface PolicyReason {
  /** `trust`, `identity`, `boundary`, `session` or `resource`. */
  readonly kind: string;
  /** Of the policy, the role or the bucket. */
  readonly name: string;
  readonly because: Decision["because"];
  /** The statement that decided. */
  readonly decidedBy?: string;
  readonly hangsOn: readonly string[];
  /** Of a trust policy: every condition with what was wanted and found. */
  readonly statements?: readonly StatementReason[];
}

/** Told of every decision, after it has been made and before the answer is on its way. */
export type DecisionLog = (decision: LoggedDecision) => void;

export function reasonFor(kind: string, name: string, decision: Decision, whole = false): PolicyReason {
  const { because, decidedBy, hangsOn } = decision;
  return {
    kind,
    name,
    because,
    ...(decidedBy === undefined ? {} : { decidedBy }),
    hangsOn,
    ...(whole ? { statements: decision.statements } : {}),
  };
}

export interface DecisionLogging {
  readonly log: DecisionLog;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A refusal that no policy had a say in, in the log. @returns the fault */
export function logRefusal(
  fault: AwsFault,
  { call }: Exchange,
  caller: string,
  { log, now }: DecisionLogging,
): AwsFault {
  const { code, message } = fault;
  const resource = `${call.service} ${call.method} ${call.path}`;
  log({
    time: new Date(now()).toISOString(),
    caller,
    resource,
    verdict: "denied",
    code,
    message,
    policies: [],
  });
  return fault;
}

/**
 * A log of decisions, one line of JSON each. Lines are written before the answer goes out: whoever
 * has the answer finds its line.
 * @throws ProjectError `not-written` (exit 1) if the file cannot be written to now; what fails
 * later ends the request with an error
 */
export function openDecisionFile(file: string): DecisionLog {
  try {
    writeFileSync(file, "", { flag: "a" });
  } catch (cause) {
    throw notWritten(file, cause);
  }
  return (decision) => appendFileSync(file, `${JSON.stringify(decision)}\n`);
}
