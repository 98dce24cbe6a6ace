import { appendFileSync, writeFileSync } from "node:fs";
import type { Decision } from "../../../lib/iam/evaluate/decide";
import type { StatementReason } from "../../../lib/iam/evaluate/reasons";
import { notWritten } from "../../../lib/project/write-whole";
import type { Session } from "../account/sessions";
import type { AwsFault } from "../protocol/aws-fault";
import type { Exchange } from "../protocol/exchange";

/**
 * A decision of the proxy: one line of its log. It never contains tokens, secrets or signatures.
 */
export interface LoggedDecision {
  /** ISO 8601, UTC. */
  readonly time: string;
  /** The ARN of a session, the subject of a token, `anonymous`, or an unknown access key. */
  readonly caller: string;
  /** For example `s3:PutObject`. Undefined: the proxy does not know the action of the call. */
  readonly action?: string;
  /** ARN. */
  readonly resource?: string;
  readonly verdict: "allowed" | "denied";
  /** Error code and message of AWS. Undefined: the call is allowed. */
  readonly code?: string;
  readonly message?: string;
  /** The decision of each policy. */
  readonly policies: readonly PolicyReason[];
  /** Claims of a token whose signature has been verified. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface PolicyReason {
  /** `trust`, `identity`, `boundary`, `session` or `resource`. */
  readonly kind: string;
  /** Name of the policy, role or bucket. */
  readonly name: string;
  readonly because: Decision["because"];
  /** Path of the deciding statement. */
  readonly decidedBy?: string;
  readonly dependsOn: readonly string[];
  /** For a trust policy: each condition with its expected and actual values. */
  readonly statements?: readonly StatementReason[];
}

/**
 * Called with each decision before the response is sent.
 * @param session that was opened or that called. Undefined: there is none
 */
export type DecisionLog = (decision: LoggedDecision, session?: Session) => void;

export function reasonFor(kind: string, name: string, decision: Decision, whole = false): PolicyReason {
  const { because, decidedBy, dependsOn } = decision;
  return {
    kind,
    name,
    because,
    ...(decidedBy === undefined ? {} : { decidedBy }),
    dependsOn,
    ...(whole ? { statements: decision.statements } : {}),
  };
}

export interface DecisionLogging {
  readonly log: DecisionLog;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Logs a call that is denied before any policy is evaluated. @returns the error */
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
 * A log file with one line of JSON for each decision. A line is written before the response is
 * sent.
 * @throws ProjectError `not-written` (exit 1) if the file cannot be written now. A later failure is
 * the error of the request
 */
export function openDecisionFile(file: string): DecisionLog {
  try {
    writeFileSync(file, "", { flag: "a" });
  } catch (cause) {
    throw notWritten(file, cause);
  }
  return (decision) => appendFileSync(file, `${JSON.stringify(decision)}\n`);
}
