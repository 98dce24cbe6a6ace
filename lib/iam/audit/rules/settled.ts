import type { TokenAnswer } from "../../prove/tokens/find-allowed";
import type { Subject } from "../core/context";
import { type Finding, finding } from "../core/finding";

/**
 * A question of a rule that the prover could not settle, for instance because it takes more work
 * than an audit gives it.
 */
class NotSettled extends Error {}

/** An answer that is one. @throws NotSettled where it is unknown: silence would be an all-clear */
export function settledAnswer(answer: TokenAnswer): Exclude<TokenAnswer, { readonly result: "unknown" }> {
  if (answer.result === "unknown") throw new NotSettled(answer.reason);
  return answer;
}

/** A rule that says so where one of its questions could not be settled. */
export function settled(
  rule: (subject: Subject) => readonly Finding[],
): (subject: Subject) => readonly Finding[] {
  return (subject) => {
    try {
      return rule(subject);
    } catch (error) {
      if (!(error instanceof NotSettled)) throw error;
      return [
        finding(
          "policy-not-decided",
          "",
          `the tokens that it allows could not be determined completely: ${error.message}`,
        ),
      ];
    }
  };
}
