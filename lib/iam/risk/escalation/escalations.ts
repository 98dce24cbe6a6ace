import type { Effective } from "../effective";
import { gainedCall, possibleCall, type RiskyCall } from "../possible";
import type { EscalationPath } from "./escalation-path";
import { ESCALATION_PATHS } from "./paths";

/**
 * The ways to escalate that principals have after a change and did not have before: each of its
 * calls is allowed, and one of them on something on which it was not. What cannot be decided counts
 * as allowed.
 * @param before undefined: nothing was allowed
 */
export function escalationsBetween(
  before: Effective | undefined,
  after: Effective,
): readonly EscalationPath[] {
  const asked = new Map<string, { possible?: boolean; gained?: boolean }>();
  const answerOf = (call: RiskyCall) => {
    const key = JSON.stringify(call);
    const answer = asked.get(key) ?? {};
    asked.set(key, answer);
    return answer;
  };
  const isPossible = (call: RiskyCall): boolean => {
    const answer = answerOf(call);
    answer.possible ??= possibleCall(after, call) !== undefined;
    return answer.possible;
  };
  const isGained = (call: RiskyCall): boolean => {
    if (before === undefined) return true;
    const answer = answerOf(call);
    answer.gained ??= gainedCall(before, after, call) !== undefined;
    return answer.gained;
  };
  return ESCALATION_PATHS.filter(({ calls }) => calls.every(isPossible) && calls.some(isGained));
}
