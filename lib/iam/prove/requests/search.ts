import { type Formula, simplify } from "../../automata/formula";
import type { Policy } from "../../language/policy";
import { answerOf } from "../answer";
import { type Certainty, findPoint, type Point } from "../find-point";
import type { ActionClass } from "./action-classes";
import type { RequestSpace } from "./request-space";
import type { PermissionsComparison, RequestWitness } from "./request-witness";
import { usualResources } from "./usual-requests";
import { worstCase } from "./worst-case";

/** Requests for the actions of one class, by one caller. */
export interface RequestCase {
  readonly actions: ActionClass;
  readonly caller?: string;
  /** Each of them is something to look for: what was denied and is allowed, and the other way round. */
  readonly gained: readonly Formula[];
  readonly lost: readonly Formula[];
}

/** Looking for a better example is worth this much work. */
const STEPS_FOR_AN_EXAMPLE = 150_000;

/**
 * Looks through all cases for a request that is gained and for one that is lost.
 * @param policies whose resources examples may show
 */
export function compareCases(
  space: RequestSpace,
  cases: readonly RequestCase[],
  policies: readonly Policy[],
): PermissionsComparison {
  const gained = search(space, cases, "gained", policies);
  const lost = search(space, cases, "lost", policies);
  const reasons = [...new Set([...gained.reasons, ...lost.reasons])];
  const relation = relationOf(gained.witness !== undefined, lost.witness !== undefined);
  return {
    relation: reasons.length === 0 ? relation : "unknown",
    ...(gained.witness === undefined ? {} : { gained: gained.witness }),
    ...(lost.witness === undefined ? {} : { lost: lost.witness }),
    ...(reasons.length === 0 ? {} : { reason: reasons.join("; ") }),
  };
}

function relationOf(isGained: boolean, isLost: boolean): PermissionsComparison["relation"] {
  if (isGained) return isLost ? "both-ways" : "broader";
  return isLost ? "narrower" : "same";
}

interface Searched {
  readonly witness?: RequestWitness;
  /** Why nobody can say that there is none; empty where a witness is there, or none for certain. */
  readonly reasons: readonly string[];
}

interface Question {
  readonly one: RequestCase;
  /** Which holds whatever the policies' variables stand for. */
  readonly goal: Formula;
}

function search(
  space: RequestSpace,
  cases: readonly RequestCase[],
  direction: "gained" | "lost",
  policies: readonly Policy[],
): Searched {
  const questions = cases.flatMap((one) => one[direction].map((goal) => ({ one, goal })));
  const hanging = new Set<string>();
  const answer = answerOf((): RequestWitness | undefined => {
    for (const [at, { one, goal }] of questions.entries()) {
      const certain = worstCase(goal, space.variableAtoms);
      const point = findPoint(space, space.claims, space.asked(certain), "possibly");
      if (point !== undefined) {
        const rest = questions.slice(at).map((each) => ({
          one: each.one,
          goal: worstCase(each.goal, space.variableAtoms),
        }));
        return betterExample(space, rest, policies) ?? witnessOf(space, one, undefined, point);
      }
      if (certain === goal) continue;
      const perhaps = findPoint(space, space.claims, space.asked(goal), "possibly");
      for (const { key } of perhaps?.facts ?? []) {
        const path = space.variables.get(key);
        if (path !== undefined) hanging.add(`it hangs on the policy variable ${key} (${path})`);
      }
      if (perhaps !== undefined && hanging.size === 0) hanging.add("it hangs on a policy variable");
    }
    return undefined;
  });
  if (!answer.known) return { reasons: [...hanging, answer.reason] };
  return answer.value === undefined ? { reasons: [...hanging] } : { witness: answer.value, reasons: [] };
}

/** A request that looks real and needs no facts; else one that needs none; else one that looks real. */
function betterExample(
  space: RequestSpace,
  questions: readonly Question[],
  policies: readonly Policy[],
): RequestWitness | undefined {
  const first = <T>(attempt: (question: Question) => T | undefined): T | undefined =>
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
      const point = findPoint(space, space.claims, space.asked(goal), "anyway");
      return point && witnessOf(space, one, undefined, point);
    }) ??
    first((question) => usualExample(space, question, resources, "possibly"))
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
  { one, goal }: Question,
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
  const keys = [...space.keys.values()].flatMap(({ kind, claim }) =>
    values.has(claim) ? [{ key: kind.name, values: values.get(claim) ?? ("absent" as const) }] : [],
  );
  const found = values.get(space.resource)?.[0] ?? "*";
  const { action, resource } = example ?? { action: actions.examples()[0] ?? "*", resource: found };
  return { action, resource, ...(caller === undefined ? {} : { caller }), keys, facts };
}
