import { RISK_OF_NO_ORIGIN } from "../describe/origin";
import { type TokenVariable, V1_TOKEN, V2_TOKEN } from "../token/claims";
import { parseSubject } from "../token/parse-subject";
import { printV1Subject } from "../token/subject";
import { type Answer, answerToken } from "./answer";
import type { Target } from "./target";

/** The answer for one of a job's tokens. */
export type TokenAnswer = Omit<Answer, "role" | "person" | "isHandWritten"> & {
  /** The environment variables that hold it. Empty: the token is not a job's. */
  readonly variables: readonly TokenVariable[];
};

/**
 * The answer for a job: it has two tokens, and either of them is enough. The claims, reason and
 * statements are those of the token that decides.
 */
export interface JobAnswer extends Answer {
  /** The answer for each of the job's tokens that is known, the one in question first. */
  readonly tokens: readonly TokenAnswer[];
  /** What the role deploys, a line a preset. Undefined: nothing. */
  readonly deploys?: readonly string[];
}

/**
 * A job's answer from its two tokens: allowed if either is allowed, denied if both are denied.
 * @param v1 for the token that names no origin
 * @param v2 for the token that names one
 */
export function answerJob(v2: Answer, v1: Answer): JobAnswer {
  const tokens = [tokenAnswer(v2, [V2_TOKEN]), tokenAnswer(v1, [V1_TOKEN])];
  if (v1.decision === "deny") return { ...v2, reason: refusal(v2, v1), tokens };
  if (v2.decision !== "allow" && (v1.decision === "allow" || v2.decision === "deny"))
    return { ...v1, reason: `by ${V1_TOKEN}: ${v1.reason}`, tokens };
  const both =
    v1.decision === "allow"
      ? `; ${V1_TOKEN}, which names no repository, is allowed too: ${RISK_OF_NO_ORIGIN.en}`
      : "";
  return { ...v2, reason: `${v2.reason}${both}`, tokens };
}

/** The answer for a custom webhook's job: both of its tokens have the same claims. */
export function answerWebhookJob(answer: Answer): JobAnswer {
  return { ...answer, tokens: [tokenAnswer(answer, [V2_TOKEN, V1_TOKEN])] };
}

/**
 * The answer for one token, with the answer for the V1 token of the same job. The claims of a V1
 * token follow from those of a V2 token, but not the other way round.
 */
export function answerWithOther(target: Target, answer: Answer): JobAnswer {
  const subject = parseSubject(answer.claims.sub ?? "");
  if (subject?.kind !== "job") return { ...answer, tokens: [tokenAnswer(answer, [])] };
  if (subject.source === undefined) return { ...answer, tokens: [tokenAnswer(answer, [V1_TOKEN])] };
  const other = answerToken(target, { ...answer.claims, sub: printV1Subject(subject.job) });
  const tokens = [tokenAnswer(answer, [V2_TOKEN]), tokenAnswer(other, [V1_TOKEN])];
  if (answer.decision === "allow" || other.decision === "deny") return { ...answer, tokens };
  const may = other.decision === "allow" ? "is allowed" : "may be allowed";
  return { ...answer, reason: `${answer.reason}; the same job's ${V1_TOKEN} ${may}`, tokens };
}

/** Whether only the V1 token of the job is known. */
export function isV1Alone({ tokens }: JobAnswer): boolean {
  return tokens.length > 0 && tokens.every(({ variables }) => variables.join() === V1_TOKEN);
}

/** Whether an answer is as expected. A job is denied only if each of its tokens is denied. */
export function isAsExpected({ decision, tokens }: JobAnswer, expected: "allow" | "deny"): boolean {
  if (expected === "allow") return decision === "allow";
  return decision === "deny" && tokens.every((token) => token.decision === "deny");
}

/** If the V2 token is denied for its origin, the reason says why the V1 token is denied too. */
function refusal(v2: Answer, v1: Answer): string {
  const [only, ...others] = v1.against ?? [];
  const isAsked = v2.against?.includes("origin") === true && others.length === 0;
  return isAsked && only === "no-origin" ? `${v2.reason}; ${V1_TOKEN}: ${v1.reason}` : v2.reason;
}

function tokenAnswer(answer: Answer, variables: readonly TokenVariable[]): TokenAnswer {
  const { role: _role, person: _person, isHandWritten: _isHandWritten, ...rest } = answer;
  return { variables, ...rest };
}
