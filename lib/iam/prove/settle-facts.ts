import type { Budget } from "../automata/budget";
import { evaluate, type Formula, firstUnknown, type Known, not } from "../automata/formula";
import type { Fact, Facts } from "./facts";

type Assignment = (boolean | undefined)[];

/** Whether the goal holds whatever is true of the open facts. All other atoms are known. */
export function holdsAnyway(goal: Formula, known: Known, facts: Facts, budget: Budget): boolean {
  return assign(not(goal), [...known], facts, budget) === undefined;
}

/** The facts with which the goal holds, as few as it takes. Undefined: it never does. All other atoms are known. */
export function settleFacts(
  goal: Formula,
  known: Known,
  facts: Facts,
  budget: Budget,
): readonly Fact[] | undefined {
  const assignment = assign(goal, [...known], facts, budget);
  if (assignment === undefined) return undefined;
  for (const atom of facts.known.keys()) {
    const value = assignment[atom];
    assignment[atom] = undefined;
    if (evaluate(goal, assignment) !== true) assignment[atom] = value;
  }
  const settled = [...facts.known.values()].filter(({ atom }) => assignment[atom] !== undefined);
  const implied = new Set(
    settled.filter(({ atom }) => assignment[atom] === true).map(({ presence }) => presence),
  );
  return settled
    .filter(({ atom }) => !implied.has(atom))
    .map(({ atom, key, saying }) => ({ key, saying, holds: assignment[atom] === true }));
}

/** Tries one fact after the other, and only such as the formula still hangs on. */
function assign(goal: Formula, known: Known, facts: Facts, budget: Budget): Assignment | undefined {
  budget.spend(facts.known.size + 1);
  const value = evaluate(goal, known);
  if (value !== undefined) return value ? [...known] : undefined;
  const atom = firstUnknown(goal, known);
  if (atom === undefined) return undefined;
  for (const choice of [true, false]) {
    const found = assign(goal, choose(atom, choice, known, facts), facts, budget);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What holds of a key needs the key to be there, and nothing holds of one that is not. */
function choose(atom: number, value: boolean, known: Known, facts: Facts): Assignment {
  const more = [...known];
  more[atom] = value;
  const presence = facts.known.get(atom)?.presence;
  if (presence !== undefined && value) more[presence] = true;
  if (presence === undefined && !value) {
    for (const fact of facts.known.values()) if (fact.presence === atom) more[fact.atom] = false;
  }
  return more;
}
