import type { TokenAnswer } from "../../prove/tokens/find-allowed";
import type { Subject } from "../core/context";
import { type Finding, finding } from "../core/finding";

/** A question of a rule that the prover could not answer, for instance because of its budget. */
class NotSettled extends Error {}

/**
 * A known answer.
 * @throws NotSettled for an unknown one: no finding would be a false all-clear
 */
export function settledAnswer(answer: TokenAnswer): Exclude<TokenAnswer, { readonly result: "unknown" }> {
  if (answer.result === "unknown") throw new NotSettled(answer.reason);
  return answer;
}

/** The rule, with a finding if one of its questions could not be answered. */
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
