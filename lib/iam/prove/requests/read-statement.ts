import { and, type Formula, not } from "../../automata/formula";
import type { Condition, Patterns, Statement, Value } from "../../language/policy";
import { combine, readNull } from "../key-condition";
import { comparingOf, everyMatch, someMatch } from "./read-patterns";
import type { RequestSpace } from "./request-space";

/**
 * "One of these statements holds", for a request whose action and caller they cover: each statement's resources and conditions, as
 * terms of an "or". Statements that ask the same of keys are one, with all their resources.
 *
 * @throws ProjectError `proof-not-exact`
 */
export function readStatements(
  statements: readonly CoveringStatement[],
  space: RequestSpace,
): readonly Formula[] {
  const groups = new Map<string, { readonly conditions: Formula; readonly values: Map<string, Value> }>();
  const terms = new Map<string, Formula>();
  const add = (term: Formula): void => {
    terms.set(JSON.stringify(term), term);
  };
  for (const { resources, conditions } of statements) {
    const holds = and(...conditions.map((condition) => readCondition(condition, space)));
    if (resources.negated) {
      add(and(holds, not(someMatch(space, space.resource, resources.values, "exact"))));
      continue;
    }
    const key = JSON.stringify(holds);
    const group = groups.get(key) ?? { conditions: holds, values: new Map<string, Value>() };
    for (const value of resources.values) group.values.set(JSON.stringify(value.pieces), value);
    groups.set(key, group);
  }
  for (const { conditions, values } of groups.values()) {
    add(and(conditions, someMatch(space, space.resource, [...values.values()], "exact")));
  }
  return [...terms.keys()].sort().flatMap((key) => terms.get(key) ?? []);
}

/** A statement that has all that its kind of policy needs. */
export interface CoveringStatement extends Statement {
  readonly resources: Patterns;
}

function readCondition(condition: Condition, space: RequestSpace): Formula {
  const key = space.keys.get(condition.key.toLowerCase());
  if (key === undefined) {
    if (condition.operator.base === "Null") return readNull(condition, space.facts.isPresent(condition.key));
    return space.facts.conditionHolds(condition);
  }
  const { claim } = key;
  if (condition.operator.base === "Null") return readNull(condition, claim.isPresent);
  const comparing = comparingOf(condition);
  const some = someMatch(space, claim, condition.values, comparing);
  const every = claim.shape.isList ? everyMatch(space, claim, condition.values, comparing) : some;
  return combine(condition, claim.isPresent, some, every);
}
