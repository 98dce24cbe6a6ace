import type { Budget } from "../../automata/budget";
import { evaluate, type Formula, firstUnknown, type Known } from "../../automata/formula";
import type { Facts } from "../core/facts";

/**
 * All atoms, with facts for which the goal holds. Undefined: there are none. All atoms except facts
 * are known.
 */
export function assignFacts(goal: Formula, known: Known, facts: Facts, budget: Budget): Known | undefined {
  budget.spend(facts.known.size + 1);
  const value = evaluate(goal, known);
  if (value !== undefined) return value ? known : undefined;
  const atom = firstUnknown(goal, known);
  if (atom === undefined) return undefined;
  for (const choice of [true, false]) {
    const more = [...known];
    more[atom] = choice;
    const found = assignFacts(goal, more, facts, budget);
    if (found !== undefined) return found;
  }
  return undefined;
}
