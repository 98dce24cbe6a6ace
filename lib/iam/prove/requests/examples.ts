import { remembered } from "../../../collections/remembered";
import { simplify } from "../../automata/formula";
import type { ActionCatalogue } from "../../data/action-details";
import type { Policy } from "../../language/policy";
import { type Assignment, type Certainty, findAssignment } from "../search/find-assignment";
import { exampleResources } from "./example-resources";
import type { FoundRequest, RequestCase, RequestQuestion } from "./request-case";
import type { RequestCounterexample } from "./request-counterexample";
import type { RequestSpace } from "./request-space";

/** Looking for a better example is worth this much work each time. */
const STEPS_FOR_AN_EXAMPLE = 150_000;

/**
 * A request to show for one that was found: one that looks real and needs no facts; else one that
 * needs none; else one that looks real; else the one that was found.
 */
export function exampleFor(
  space: RequestSpace,
  { point, questions }: FoundRequest,
  policies: readonly Policy[],
): RequestCounterexample {
  const first = <T>(attempt: (question: RequestQuestion) => T | undefined): T | undefined =>
    space.budget.atMost(STEPS_FOR_AN_EXAMPLE, () => {
      for (const question of questions) {
        const found = attempt(question);
        if (found !== undefined) return found;
      }
      return undefined;
    });
  const resources = rememberResources(policies, space.catalogue);
  return (
    first((question) => usualExample(space, question, resources, "anyway")) ??
    first(({ one, goal }) => {
      const certain = findAssignment(space, space.dimensions, space.asked(goal), "anyway");
      return certain && counterexampleOf(space, one, undefined, certain);
    }) ??
    first((question) => usualExample(space, question, resources, "possibly")) ??
    counterexampleOf(space, questions[0].one, undefined, point)
  );
}

function rememberResources(
  policies: readonly Policy[],
  catalogue: ActionCatalogue | undefined,
): (action: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (action) => remembered(known, action, () => exampleResources(action, policies, catalogue));
}

function usualExample(
  space: RequestSpace,
  { one, goal }: RequestQuestion,
  resourcesOf: (action: string) => readonly string[],
  certainty: Certainty,
): RequestCounterexample | undefined {
  const asked = space.asked(goal);
  const { automaton, resource: dimension, budget } = space;
  for (const action of one.actions.examples()) {
    for (const resource of resourcesOf(action)) {
      budget.spend(dimension.languages.length);
      const known: boolean[] = [];
      for (const [at, state] of dimension.languages.entries()) {
        known[dimension.some[at] ?? 0] = automaton.reads(state, resource);
      }
      const point = findAssignment(space, space.keyDimensions, simplify(asked, known), certainty);
      if (point !== undefined) return counterexampleOf(space, one, { action, resource }, point);
    }
  }
  return undefined;
}

function counterexampleOf(
  space: RequestSpace,
  { actions, caller }: RequestCase,
  example: { readonly action: string; readonly resource: string } | undefined,
  { values, facts }: Assignment,
): RequestCounterexample {
  const keys = space.textKeys.flatMap(({ kind, text }) =>
    values.has(text) ? [{ key: kind.name, values: values.get(text) ?? ("absent" as const) }] : [],
  );
  const found = values.get(space.resource)?.[0] ?? "*";
  const { action, resource } = example ?? { action: actions.examples()[0] ?? "*", resource: found };
  return { action, resource, ...(caller === undefined ? {} : { caller }), keys, facts };
}
