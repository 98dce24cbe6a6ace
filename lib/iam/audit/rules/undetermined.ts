import type { TokenAnswer } from "../../prove/tokens/find-allowed";
import type { Subject } from "../core/context";
import { type Finding, finding } from "../core/finding";

/** A question of a rule that the prover could not answer, for instance because of its budget. */
class Undetermined extends Error {}

/**
 * A known answer.
 * @throws Undetermined for an unknown one: no finding would be a false all-clear
 */
export function knownAnswer(answer: TokenAnswer): Exclude<TokenAnswer, { readonly result: "unknown" }> {
  if (answer.result === "unknown") throw new Undetermined(answer.reason);
  return answer;
}

/** The rule, with a finding if one of its questions could not be answered. */
export function withUndetermined(
  rule: (subject: Subject) => readonly Finding[],
): (subject: Subject) => readonly Finding[] {
  return (subject) => {
    try {
      return rule(subject);
    } catch (error) {
      if (!(error instanceof Undetermined)) throw error;
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
