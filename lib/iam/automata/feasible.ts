import type { Implication } from "./classify";
import { atomsOf, evaluate, type Formula, type Known } from "./formula";

/** The most unknown atoms that are tried: each doubles the work. */
const MOST_TRIED = 6;

/**
 * Whether the formula can still become true, given what is known and which unknown atoms imply
 * which. Exact while at most six atoms are unknown; with more it can be
 * true too often, never false too often.
 */
export function canHold(formula: Formula, known: Known, implications: readonly Implication[]): boolean {
  const value = evaluate(formula, known);
  if (value !== undefined) return value;
  const unknown = atomsOf(formula).filter((one) => known[one] === undefined);
  const atoms = unknown.length <= MOST_TRIED ? unknown : implications.flat();
  return someAssignment(formula, [...known], implications, [...new Set(atoms)].slice(0, MOST_TRIED));
}

function someAssignment(
  formula: Formula,
  known: (boolean | undefined)[],
  implications: readonly Implication[],
  atoms: readonly number[],
): boolean {
  const [first, ...others] = atoms;
  if (first === undefined) return evaluate(formula, known) !== false;
  return [true, false].some((value) => {
    known[first] = value;
    const isConsistent = implications.every(
      ([one, other]) => !(known[one] === true && known[other] === false),
    );
    const holds = isConsistent && someAssignment(formula, known, implications, others);
    known[first] = undefined;
    return holds;
  });
}
