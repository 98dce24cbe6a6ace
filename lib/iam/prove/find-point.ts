import type { Budget } from "../automata/budget";
import { atomsOf, FALSE, type Formula, type Known, simplify } from "../automata/formula";
import type { Atoms, Claim } from "./claim";
import type { Fact, Facts } from "./facts";
import { type ListValue, valuesOf } from "./find-list";
import { findAbsent, findText, placesOf } from "./find-text";
import { holdsAnyway, settleFacts } from "./settle-facts";

/** A product of claims and facts; which claims, and in which order, its owner says. */
export interface Space {
  readonly atoms: Atoms;
  readonly facts: Facts;
  readonly budget: Budget;
}

/** A point of a space, as far as it is settled. */
export interface Point {
  /** Undefined: the claim is absent. A claim that is not here may be what it likes. */
  readonly values: ReadonlyMap<Claim, readonly string[] | undefined>;
  /** Empty: it is so whatever else is true. */
  readonly facts: readonly Fact[];
}

/** Whether a point must do whatever is true of the open facts, or with some of them. */
export type Certainty = "anyway" | "possibly";

/**
 * A point for which the goal holds. Undefined: there is none, and that is certain: claim after claim, every way of being in the
 * languages that the goal asks for has been looked at, or could not lead to the goal (docs/trust-proof.md).
 *
 * @param claims every claim that the goal asks for, in the order in which they are settled
 * @throws ProjectError `proof-budget-spent`
 */
export function findPoint(
  space: Space,
  claims: readonly Claim[],
  goal: Formula,
  certainty: Certainty,
): Point | undefined {
  const lists = new Map<string, readonly ListValue[]>();
  const listsOf = (claim: Claim, asked: ReadonlySet<number>): readonly ListValue[] => {
    const key = `${claims.indexOf(claim)} ${placesOf(claim, asked).join()}`;
    const known = lists.get(key) ?? valuesOf(claim, asked);
    lists.set(key, known);
    return known;
  };

  const settle = (left: Formula, known: Known): Point | undefined => {
    if (certainty === "anyway")
      return holdsAnyway(left, known, space.facts, space.budget)
        ? { values: new Map(), facts: [] }
        : undefined;
    const facts = settleFacts(left, known, space.facts, space.budget);
    return facts === undefined ? undefined : { values: new Map(), facts };
  };

  const from = (at: number, before: Formula, known: Known): Point | undefined => {
    const left = simplify(before, known);
    if (left === FALSE) return undefined;
    const claim = claims[at];
    if (claim === undefined) return settle(left, known);
    const asked = new Set(atomsOf(left));
    if (claim.shape.isSpared === true && !isAskedFor(claim, asked)) return from(at + 1, left, known);
    const next = (more: Known): Point | undefined => from(at + 1, left, more);
    const absent = (): Point | undefined => withValue(claim, undefined, findAbsent(claim, known, next));
    const present = (): Point | undefined => {
      if (!claim.shape.isList) {
        const found = findText(claim, left, asked, known, next);
        return found && withValue(claim, [found.text], found.found);
      }
      for (const { texts, learn } of listsOf(claim, asked)) {
        space.budget.spend(1);
        const found = next(learn(known));
        if (found !== undefined) return withValue(claim, texts, found);
      }
      return undefined;
    };
    return claim.shape.isSpared === true ? (absent() ?? present()) : (present() ?? absent());
  };
  const nothingKnown: Known = Array.from({ length: space.atoms.count }, () => undefined);
  return from(0, goal, nothingKnown);
}

function isAskedFor(claim: Claim, asked: ReadonlySet<number>): boolean {
  return asked.has(claim.presence ?? -1) || placesOf(claim, asked).length > 0;
}

function withValue(
  claim: Claim,
  value: readonly string[] | undefined,
  rest: Point | undefined,
): Point | undefined {
  return rest && { values: new Map([[claim, value], ...rest.values]), facts: rest.facts };
}
