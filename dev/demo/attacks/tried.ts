import type { Answer } from "../../../lib/explain/answer";
import type { RoleAnswer } from "./ask-role";

/** One token that was shown to AWS for one role. */
export interface Tried {
  readonly answer: RoleAnswer;
  /** What the policy's text says. */
  readonly explained: Answer;
}

/** Whether AWS did what the policy's text says. */
export function doAgree({ answer, explained }: Tried): boolean {
  return answer.allowed === (explained.decision === "allow");
}
