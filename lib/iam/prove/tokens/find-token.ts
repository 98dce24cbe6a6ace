import { and, atomsOf, type Formula } from "../../automata/formula";
import { notDecided } from "../core/value-parts";
import { worstCase } from "../core/worst-case";
import type { Fact } from "../keys/fact";
import { type Certainty, findAssignment } from "../search/find-assignment";
import type { TokenSpace } from "./space";

/** A token of the search space, and its facts. */
export interface Found {
  /** Undefined: the dimension is absent. */
  readonly subject: string | undefined;
  /** Undefined: absent, or the one in the subject. */
  readonly project: string | undefined;
  readonly audience: readonly string[] | undefined;
  /** Empty: it holds in any case. */
  readonly facts: readonly Fact[];
}

/**
 * A token of the space for which the goal holds, however what is undecided turns out. Undefined:
 * there is none, and that is certain (`findAssignment`).
 *
 * @throws ProjectError `proof-budget-spent`; `proof-not-exact` where it depends on what is
 * undecided
 */
export function findToken(space: TokenSpace, goal: Formula, certainty: Certainty): Found | undefined {
  const found = findSettledToken(space, goal, certainty);
  if (found !== undefined || certainty === "anyway" || !dependsOn(goal, space.undecided.atoms)) return found;
  const perhaps = find(space, goal, certainty);
  if (perhaps === undefined) return undefined;
  throw notDecided(space.undecided.reasonsFor(perhaps.facts));
}

/**
 * The same, for where it does not matter whether there may be others that depend on what is
 * undecided.
 */
export function findSettledToken(space: TokenSpace, goal: Formula, certainty: Certainty): Found | undefined {
  return find(space, worstCase(goal, space.undecided.atoms), certainty);
}

function dependsOn(goal: Formula, atoms: ReadonlySet<number>): boolean {
  return atoms.size > 0 && atomsOf(goal).some((one) => atoms.has(one));
}

function find(space: TokenSpace, goal: Formula, certainty: Certainty): Found | undefined {
  const { subject, project, audience } = space;
  const dimensions = [subject, ...(project === undefined ? [] : [project]), audience];
  const point = findAssignment(space, dimensions, and(space.isToken, goal), certainty);
  if (point === undefined) return undefined;
  return {
    subject: point.values.get(subject)?.[0],
    project: project && point.values.get(project)?.[0],
    audience: point.values.get(audience),
    facts: point.facts,
  };
}
