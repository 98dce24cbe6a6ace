import { and, type Formula } from "../automata/formula";
import type { Fact } from "./facts";
import { type Certainty, findPoint } from "./find-point";
import type { TokenSpace } from "./space";

/** A token of the space, and what must be so besides. */
export interface Found {
  /** Undefined: the claim is absent. */
  readonly subject: string | undefined;
  /** Undefined: absent, or the one in the subject. */
  readonly project: string | undefined;
  readonly audience: readonly string[] | undefined;
  /** Empty: it is so whatever else is true. */
  readonly facts: readonly Fact[];
}

/**
 * A token of the space for which the goal holds. Undefined: there is none, and that is certain (`findPoint`).
 *
 * @throws ProjectError `proof-budget-spent`
 */
export function findToken(space: TokenSpace, goal: Formula, certainty: Certainty): Found | undefined {
  const { subject, project, audience } = space;
  const claims = [subject, ...(project === undefined ? [] : [project]), audience];
  const point = findPoint(space, claims, and(space.isToken, goal), certainty);
  if (point === undefined) return undefined;
  return {
    subject: point.values.get(subject)?.[0],
    project: project && point.values.get(project)?.[0],
    audience: point.values.get(audience),
    facts: point.facts,
  };
}
