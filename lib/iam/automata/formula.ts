/**
 * A formula over numbered atoms. The meaning of an atom is defined by the caller.
 */
export type Formula =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "atom"; readonly atom: number }
  | { readonly kind: "not"; readonly of: Formula }
  | { readonly kind: "and" | "or"; readonly of: readonly Formula[] };

export const TRUE: Formula = { kind: "constant", value: true };
export const FALSE: Formula = { kind: "constant", value: false };

export function atom(number: number): Formula {
  return { kind: "atom", atom: number };
}

export function not(formula: Formula): Formula {
  if (formula.kind === "constant") return formula.value ? FALSE : TRUE;
  return formula.kind === "not" ? formula.of : { kind: "not", of: formula };
}

/** True without formulas. */
export function and(...formulas: readonly Formula[]): Formula {
  return join("and", formulas, TRUE, FALSE);
}

/** False without formulas. */
export function or(...formulas: readonly Formula[]): Formula {
  return join("or", formulas, FALSE, TRUE);
}

function join(
  kind: "and" | "or",
  formulas: readonly Formula[],
  neutral: Formula,
  decisive: Formula,
): Formula {
  const flat = formulas.flatMap((formula) => (formula.kind === kind ? formula.of : [formula]));
  if (flat.includes(decisive)) return decisive;
  const [only, ...others] = flat.filter((formula) => formula !== neutral);
  if (only === undefined) return neutral;
  return others.length === 0 ? only : { kind, of: [only, ...others] };
}

/** Every atom of the formula once. */
export function atomsOf(formula: Formula): readonly number[] {
  const atoms = new Set<number>();
  const collect = (part: Formula): void => {
    if (part.kind === "atom") atoms.add(part.atom);
    else if (part.kind === "not") collect(part.of);
    else if (part.kind !== "constant") for (const one of part.of) collect(one);
  };
  collect(formula);
  return [...atoms];
}

/** The number of its parts: the cost of visiting all of them. */
export function sizeOf(formula: Formula): number {
  switch (formula.kind) {
    case "constant":
    case "atom":
      return 1;
    case "not":
      return 1 + sizeOf(formula.of);
    case "and":
    case "or":
      return formula.of.reduce((size, part) => size + sizeOf(part), 1);
  }
}

/** What is known of each atom, by its number; undefined: not known. */
export type Known = readonly (boolean | undefined)[];

/** Kleene's three values. Undefined: it depends on unknown atoms, or appears to. */
export function evaluate(formula: Formula, known: Known): boolean | undefined {
  switch (formula.kind) {
    case "constant":
      return formula.value;
    case "atom":
      return known[formula.atom];
    case "not": {
      const value = evaluate(formula.of, known);
      return value === undefined ? undefined : !value;
    }
    case "and":
      return evaluateAll(formula.of, known, false);
    case "or":
      return evaluateAll(formula.of, known, true);
  }
}

function evaluateAll(formulas: readonly Formula[], known: Known, decisive: boolean): boolean | undefined {
  let result: boolean | undefined = !decisive;
  for (const formula of formulas) {
    const value = evaluate(formula, known);
    if (value === decisive) return decisive;
    if (value === undefined) result = undefined;
  }
  return result;
}

/** The formula with known atoms replaced by their values. */
export function simplify(formula: Formula, known: Known): Formula {
  switch (formula.kind) {
    case "constant":
      return formula;
    case "atom": {
      const value = known[formula.atom];
      if (value === undefined) return formula;
      return value ? TRUE : FALSE;
    }
    case "not":
      return not(simplify(formula.of, known));
    case "and":
    case "or":
      return (formula.kind === "and" ? and : or)(...formula.of.map((part) => simplify(part, known)));
  }
}

/** An atom that the formula still depends on, as far as evaluation shows. */
export function firstUnknown(formula: Formula, known: Known): number | undefined {
  switch (formula.kind) {
    case "constant":
      return undefined;
    case "atom":
      return known[formula.atom] === undefined ? formula.atom : undefined;
    case "not":
      return firstUnknown(formula.of, known);
    case "and":
    case "or":
      for (const part of formula.of) {
        if (evaluate(part, known) !== undefined) continue;
        const found = firstUnknown(part, known);
        if (found !== undefined) return found;
      }
      return undefined;
  }
}
