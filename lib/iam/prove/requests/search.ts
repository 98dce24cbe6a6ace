import type { Formula } from "../../automata/formula";
import type { Policy } from "../../language/policy";
import { answerOf } from "../core/answer";
import { worstCase } from "../core/worst-case";
import { findAssignment } from "../search/find-assignment";
import { exampleFor } from "./examples";
import type { FoundRequest, RequestCase } from "./request-case";
import type { PermissionsComparison } from "./request-counterexample";
import type { RequestSpace } from "./request-space";

/**
 * Looks through all cases for a request that is gained and for one that is lost. Whether there are
 * such comes first; with what is left of the budget, better ones to look at.
 * @param policies whose resources examples may show
 */
export function compareCases(
  space: RequestSpace,
  cases: readonly RequestCase[],
  policies: readonly Policy[],
): PermissionsComparison {
  const [gained, lost] = [search(space, cases, "gained"), search(space, cases, "lost")];
  const reasons = [...new Set([...gained.reasons, ...lost.reasons])];
  const relation = relationOf(gained.found !== undefined, lost.found !== undefined);
  return {
    relation: reasons.length === 0 ? relation : "unknown",
    ...(gained.found === undefined ? {} : { gained: exampleFor(space, gained.found, policies) }),
    ...(lost.found === undefined ? {} : { lost: exampleFor(space, lost.found, policies) }),
    ...(reasons.length === 0 ? {} : { reason: reasons.join("; ") }),
  };
}

function relationOf(isGained: boolean, isLost: boolean): PermissionsComparison["relation"] {
  if (isGained) return isLost ? "both-ways" : "broader";
  return isLost ? "narrower" : "same";
}

interface Searched {
  readonly found?: FoundRequest;
  /**
   * Why it is unknown whether there is one. Empty if one was found, or if there is certainly none.
   */
  readonly reasons: readonly string[];
}

function search(space: RequestSpace, cases: readonly RequestCase[], direction: "gained" | "lost"): Searched {
  const goals = cases.flatMap((one) => one[direction].map((goal) => ({ one, goal })));
  // What holds here holds regardless of what is undecided.
  const questions = goals.map(({ one, goal }) => ({ one, goal: worstCase(goal, space.undecided.atoms) }));
  const dependencies = new Set<string>();
  const answer = answerOf((): FoundRequest | undefined => {
    for (const [at, question] of questions.entries()) {
      const point = findAssignment(space, space.dimensions, space.asked(question.goal), "possibly");
      if (point !== undefined) return { point, questions: [question, ...questions.slice(at + 1)] };
      const goal = goals[at]?.goal ?? question.goal;
      if (goal !== question.goal) for (const reason of whatItDependsOn(space, goal)) dependencies.add(reason);
    }
    return undefined;
  });
  if (!answer.known) return { reasons: [...dependencies, answer.reason] };
  return answer.value === undefined ? { reasons: [...dependencies] } : { found: answer.value, reasons: [] };
}

/** What the goal depends on. Empty: it never holds. */
function whatItDependsOn(space: RequestSpace, goal: Formula): readonly string[] {
  const perhaps = findAssignment(space, space.dimensions, space.asked(goal), "possibly");
  if (perhaps === undefined) return [];
  const reasons = space.undecided.reasonsFor(perhaps.facts);
  return reasons.length === 0 ? ["it depends on a policy variable"] : reasons;
}
