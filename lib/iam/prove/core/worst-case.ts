import { and, FALSE, type Formula, not, or } from "../../automata/formula";

/**
 * The formula under the worst values of some atoms: it is never true where it depends on one of
 * them.
 */
export function worstCase(formula: Formula, open: ReadonlySet<number>): Formula {
  return open.size === 0 ? formula : assume(formula, open, FALSE);
}

/** @param worst what an open atom counts as here: the opposite below each "not" */
function assume(formula: Formula, open: ReadonlySet<number>, worst: Formula): Formula {
  switch (formula.kind) {
    case "constant":
      return formula;
    case "atom":
      return open.has(formula.atom) ? worst : formula;
    case "not":
      return not(assume(formula.of, open, not(worst)));
    case "and":
    case "or":
      return (formula.kind === "and" ? and : or)(...formula.of.map((part) => assume(part, open, worst)));
  }
}
