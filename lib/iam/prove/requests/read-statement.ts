import { and, type Formula, not } from "../../automata/formula";
import type { Patterns, Statement, Value } from "../../language/policy";
import { someMatch } from "../core/text-patterns";
import type { RequestSpace } from "./request-space";

/**
 * "One of these statements holds", for a request whose action and caller they cover: each
 * statement's resources and conditions, as terms of an "or". Statements that ask the same of keys
 * are one, with all their resources.
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
    space.budget.spend(1 + conditions.length);
    const holds = space.remember(conditions, () =>
      and(...conditions.map((condition) => space.keys.read(condition))),
    );
    if (resources.negated) {
      add(and(holds, not(resourceIn(resources.values, space))));
      continue;
    }
    const key = JSON.stringify(holds);
    const group = groups.get(key) ?? { conditions: holds, values: new Map<string, Value>() };
    // Not by its text: that means something else in a policy of another version.
    for (const value of resources.values) group.values.set(JSON.stringify(value.pieces), value);
    groups.set(key, group);
  }
  for (const { conditions, values } of groups.values()) {
    add(and(conditions, resourceIn([...values.values()], space)));
  }
  return [...terms.keys()].sort().flatMap((key) => terms.get(key) ?? []);
}

/** The same resources, asked for once more, are the same formula. */
function resourceIn(values: readonly Value[], space: RequestSpace): Formula {
  space.budget.spend(values.length);
  const key = JSON.stringify(values.map(({ pieces }) => pieces));
  const resource = {
    name: "",
    dimension: space.resource,
    matchesByVariable: (value: Value, of: string): Formula => space.matchesByVariable(value, of),
  };
  return space.remember(key, () => someMatch(resource, values, "exact"));
}

/** A statement that has all that its kind of policy needs. */
export interface CoveringStatement extends Statement {
  readonly resources: Patterns;
}
