import { and, type Formula, not, or } from "../../automata/formula";

/** What allows a request and what denies it, as terms of which one is enough. */
export interface Verdict {
  /**
   * Each list must have a term that holds: what identity policies allow, and what a boundary does.
   */
  readonly allows: readonly (readonly Formula[])[];
  readonly denies: readonly Formula[];
}

/**
 * What is allowed by one and not by the other, as an "or" of goals. A term that both have makes no
 * difference by itself, so each goal asks for one that only one of them has: an Allow that is new,
 * or a Deny that is gone.
 */
export function differencesOf(allowing: Verdict, denying: Verdict): readonly Formula[] {
  const isDenied = or(...allowing.denies);
  const isAllowed = and(...allowing.allows.map((terms) => or(...terms)), not(isDenied));
  const byAllow = allowing.allows.map((terms, at) => {
    const others = denying.allows[at] ?? [];
    return and(or(...without(terms, others)), isAllowed, not(or(...others)));
  });
  const byDeny = and(or(...without(denying.denies, allowing.denies)), isAllowed);
  return [...byAllow, byDeny].filter((goal) => goal.kind !== "constant" || goal.value);
}

/** What one denies and the other does not, regardless of what allows it. */
export function liftedDenies(lifting: Verdict, denying: Verdict): Formula {
  return and(or(...without(denying.denies, lifting.denies)), not(or(...lifting.denies)));
}

function without(terms: readonly Formula[], others: readonly Formula[]): readonly Formula[] {
  const known = new Set(others.map((term) => JSON.stringify(term)));
  return terms.filter((term) => !known.has(JSON.stringify(term)));
}
