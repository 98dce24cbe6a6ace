import { ANY_REPOSITORY } from "../config/model/grants";
import { type TokenVariable, V1_TOKEN, V2_TOKEN } from "../token/claims";
import { parseSubject } from "../token/parse-subject";
import { printV1Subject } from "../token/subject";
import { type Answer, answerToken } from "./answer";
import type { Target } from "./target";

/** What one of a job's tokens gets. */
export type TokenAnswer = Omit<Answer, "role" | "person" | "isHandWritten"> & {
  /** Where the job finds it; both, where both say the same. Empty: it is no job's token. */
  readonly variables: readonly TokenVariable[];
};

/**
 * What a job gets: a job has two tokens, and a role that lets either in is the job's. The answer's
 * own claims, reason and statements are those of the token that decides.
 */
export interface JobAnswer extends Answer {
  /** The answer for each of the job's tokens that is known, the one in question first. */
  readonly tokens: readonly TokenAnswer[];
}

/**
 * What a job gets by its two tokens: allowed if either is let in, denied if both are refused.
 * @param v1 of the token that names no origin
 * @param v2 of the token that does
 */
export function answerJob(v2: Answer, v1: Answer): JobAnswer {
  const tokens = [tokenAnswer(v2, [V2_TOKEN]), tokenAnswer(v1, [V1_TOKEN])];
  if (v1.decision === "deny") return { ...v2, reason: refusal(v2, v1), tokens };
  if (v2.decision !== "allow" && (v1.decision === "allow" || v2.decision === "deny"))
    return { ...v1, reason: `by ${V1_TOKEN}: ${v1.reason}`, tokens };
  const both =
    v1.decision === "allow"
      ? `; ${V1_TOKEN}, which names no repository, is let in too: ${ANY_REPOSITORY}`
      : "";
  return { ...v2, reason: `${v2.reason}${both}`, tokens };
}

/** What a custom webhook's job gets: both of its tokens say the same. */
export function answerWebhookJob(answer: Answer): JobAnswer {
  return { ...answer, tokens: [tokenAnswer(answer, [V2_TOKEN, V1_TOKEN])] };
}

/**
 * The answer for one token, and beside it the one for the V1 token that the same job has: what that
 * says follows from a V2 token. What a V2 token would say does not follow from a V1 token.
 */
export function answerWithOther(target: Target, answer: Answer): JobAnswer {
  const subject = parseSubject(answer.claims.sub ?? "");
  if (subject?.kind !== "job") return { ...answer, tokens: [tokenAnswer(answer, [])] };
  if (subject.source === undefined) return { ...answer, tokens: [tokenAnswer(answer, [V1_TOKEN])] };
  const other = answerToken(target, { ...answer.claims, sub: printV1Subject(subject.job) });
  const tokens = [tokenAnswer(answer, [V2_TOKEN]), tokenAnswer(other, [V1_TOKEN])];
  if (answer.decision === "allow" || other.decision === "deny") return { ...answer, tokens };
  const may = other.decision === "allow" ? "is let in" : "may be let in";
  return { ...answer, reason: `${answer.reason}; but the same job's ${V1_TOKEN} ${may}`, tokens };
}

/** Whether nothing is known of the job's V2 token. */
export function isV1Alone({ tokens }: JobAnswer): boolean {
  return tokens.length > 0 && tokens.every(({ variables }) => variables.join() === V1_TOKEN);
}

/** Whether an answer is as expected. A job is kept out only if each of its tokens is. */
export function isAsExpected({ decision, tokens }: JobAnswer, expected: "allow" | "deny"): boolean {
  if (expected === "allow") return decision === "allow";
  return decision === "deny" && tokens.every((token) => token.decision === "deny");
}

/**
 * Where the origin alone keeps the V2 token out, the reader asks about the token that names none.
 */
function refusal(v2: Answer, v1: Answer): string {
  const [only, ...others] = v1.against ?? [];
  const isAsked = v2.against?.includes("origin") === true && others.length === 0;
  return isAsked && only === "no-origin" ? `${v2.reason}; ${V1_TOKEN}: ${v1.reason}` : v2.reason;
}

function tokenAnswer(answer: Answer, variables: readonly TokenVariable[]): TokenAnswer {
  const { role: _role, person: _person, isHandWritten: _isHandWritten, ...rest } = answer;
  return { variables, ...rest };
}
