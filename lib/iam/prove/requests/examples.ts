import { simplify } from "../../automata/formula";
import type { Policy } from "../../language/policy";
import { type Certainty, findPoint, type Point } from "../search/find-point";
import type { FoundRequest, RequestCase, RequestQuestion } from "./request-case";
import type { RequestSpace } from "./request-space";
import type { RequestWitness } from "./request-witness";
import { usualResources } from "./usual-requests";

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
): RequestWitness {
  const first = <T>(attempt: (question: RequestQuestion) => T | undefined): T | undefined =>
    space.budget.atMost(STEPS_FOR_AN_EXAMPLE, () => {
      for (const question of questions) {
        const found = attempt(question);
        if (found !== undefined) return found;
      }
      return undefined;
    });
  const resources = rememberResources(policies);
  return (
    first((question) => usualExample(space, question, resources, "anyway")) ??
    first(({ one, goal }) => {
      const certain = findPoint(space, space.claims, space.asked(goal), "anyway");
      return certain && witnessOf(space, one, undefined, certain);
    }) ??
    first((question) => usualExample(space, question, resources, "possibly")) ??
    witnessOf(space, questions[0].one, undefined, point)
  );
}

function rememberResources(policies: readonly Policy[]): (action: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (action) => {
    const resources = known.get(action) ?? usualResources(action, policies);
    known.set(action, resources);
    return resources;
  };
}

function usualExample(
  space: RequestSpace,
  { one, goal }: RequestQuestion,
  resourcesOf: (action: string) => readonly string[],
  certainty: Certainty,
): RequestWitness | undefined {
  const asked = space.asked(goal);
  const { automaton, resource: claim, budget } = space;
  for (const action of one.actions.examples()) {
    for (const resource of resourcesOf(action)) {
      budget.spend(claim.languages.length);
      const known: boolean[] = [];
      for (const [at, state] of claim.languages.entries()) {
        known[claim.some[at] ?? 0] = automaton.reads(state, resource);
      }
      const point = findPoint(space, space.keyClaims, simplify(asked, known), certainty);
      if (point !== undefined) return witnessOf(space, one, { action, resource }, point);
    }
  }
  return undefined;
}

function witnessOf(
  space: RequestSpace,
  { actions, caller }: RequestCase,
  example: { readonly action: string; readonly resource: string } | undefined,
  { values, facts }: Point,
): RequestWitness {
  const keys = space.textKeys.flatMap(({ kind, claim }) =>
    values.has(claim) ? [{ key: kind.name, values: values.get(claim) ?? ("absent" as const) }] : [],
  );
  const found = values.get(space.resource)?.[0] ?? "*";
  const { action, resource } = example ?? { action: actions.examples()[0] ?? "*", resource: found };
  return { action, resource, ...(caller === undefined ? {} : { caller }), keys, facts };
}
