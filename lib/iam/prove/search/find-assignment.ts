import { remembered } from "../../../collections/remembered";
import type { Budget } from "../../automata/budget";
import { and, atomsOf, FALSE, type Formula, type Known, not, simplify, sizeOf } from "../../automata/formula";
import type { Facts } from "../core/facts";
import type { Atoms, TextDimension } from "../core/text-dimension";
import type { Fact } from "../keys/fact";
import type { Key } from "../keys/key";
import type { Keys } from "../keys/keys";
import type { Candidate } from "../keys/ordered-dimension";
import type { AnyOrderedDimension } from "../keys/ordered-keys";
import { type ListValue, valuesOf } from "./find-list";
import { findAbsent, findText, placesOf } from "./find-text";
import { neededOf } from "./needed";
import { assignFacts } from "./settle-facts";

/**
 * A product of dimensions, condition keys and facts; which dimensions, and in which order, its
 * owner says.
 */
export interface SearchSpace {
  readonly atoms: Atoms;
  readonly facts: Facts;
  readonly keys: Keys;
  /** The keys that are open: whether they matter is looked at once all dimensions are settled. */
  readonly openKeys: readonly Key[];
  readonly budget: Budget;
}

/** An assignment of a search space, as far as it is determined. */
export interface Assignment {
  /** Undefined: the dimension is missing. A dimension that is not listed can have any value. */
  readonly values: ReadonlyMap<TextDimension, readonly string[] | undefined>;
  /** Values of open keys, and other facts. Empty: it holds in any case. */
  readonly facts: readonly Fact[];
}

/** Whether an assignment must hold for all values of the open keys and facts, or for some. */
export type Certainty = "anyway" | "possibly";

/**
 * An assignment for which the goal holds. Undefined: there is certainly none. Dimension by
 * dimension, every combination of the goal's languages was examined, or could not lead to the goal
 * (docs/trust-proof.md).
 *
 * @param dimensions every dimension of the goal, in the order in which they are assigned
 * @throws ProjectError `proof-budget-spent`
 */
export function findAssignment(
  space: SearchSpace,
  dimensions: readonly TextDimension[],
  goal: Formula,
  certainty: Certainty,
): Assignment | undefined {
  const settleDimension = dimensionSettler(space.budget);
  const settle = (left: Formula, known: Known): Assignment | undefined => {
    if (certainty === "possibly") return settleOpen(space, left, known);
    return settleOpen(space, not(left), known) === undefined ? { values: new Map(), facts: [] } : undefined;
  };
  const from = (at: number, before: Formula, known: Known): Assignment | undefined => {
    const left = simplify(before, known);
    if (left === FALSE) return undefined;
    const dimension = dimensions[at];
    if (dimension === undefined) return settle(left, known);
    const asked = new Set(atomsOf(left));
    const next = (more: Known): Assignment | undefined => from(at + 1, left, more);
    if (dimension.shape.isSpared === true && !isAskedFor(dimension, asked)) return next(known);
    const found = settleDimension(dimension, left, asked, known, next);
    return (
      found && { values: new Map([[dimension, found.value], ...found.rest.values]), facts: found.rest.facts }
    );
  };
  const nothingKnown: Known = Array.from({ length: space.atoms.count }, () => undefined);
  return from(0, goal, nothingKnown);
}

interface Settled<Rest> {
  /** Undefined: the dimension is absent. */
  readonly value: readonly string[] | undefined;
  readonly rest: Rest;
}

type SettleDimension = <Rest>(
  dimension: TextDimension,
  left: Formula,
  asked: ReadonlySet<number>,
  known: Known,
  next: (known: Known) => Rest | undefined,
) => Settled<Rest> | undefined;

/** Tries every way in which a dimension can be; what lists it can have is found out once. */
function dimensionSettler(budget: Budget): SettleDimension {
  const lists = new Map<TextDimension, Map<string, readonly ListValue[]>>();
  const listsOf = (dimension: TextDimension, asked: ReadonlySet<number>): readonly ListValue[] => {
    const ofClaim = remembered(lists, dimension, () => new Map<string, readonly ListValue[]>());
    return remembered(ofClaim, placesOf(dimension, asked).join(), () => valuesOf(dimension, asked));
  };
  return (dimension, left, asked, known, next) => {
    const absent = () => {
      const rest = findAbsent(dimension, known, next);
      return rest && { value: undefined, rest };
    };
    const present = () => {
      if (!dimension.shape.isList) {
        const found = findText(dimension, left, asked, known, next);
        return found && { value: [found.text], rest: found.found };
      }
      for (const { texts, learn } of listsOf(dimension, asked)) {
        budget.spend(1);
        const rest = next(learn(known));
        if (rest !== undefined) return { value: texts, rest };
      }
      return undefined;
    };
    const { isSpared, isNearlyAlwaysThere } = dimension.shape;
    return isSpared === true && isNearlyAlwaysThere !== true
      ? (absent() ?? present())
      : (present() ?? absent());
  };
}

function isAskedFor(dimension: TextDimension, asked: ReadonlySet<number>): boolean {
  return asked.has(dimension.presence ?? -1) || placesOf(dimension, asked).length > 0;
}

interface Opened {
  readonly values: ReadonlyMap<Key, readonly string[] | undefined>;
  readonly known: Known;
}

/**
 * Values of the open keys and facts for which the goal holds, as few as possible. All other
 * dimensions are assigned.
 */
function settleOpen(space: SearchSpace, goal: Formula, known: Known): Assignment | undefined {
  const { keys, openKeys, facts, budget } = space;
  const settleDimension = dimensionSettler(budget);
  const candidates = new Map<string, readonly Candidate[]>();
  const candidatesOf = (line: AnyOrderedDimension, asked: ReadonlySet<number>): readonly Candidate[] => {
    const key = line.atoms.filter((one) => asked.has(one)).join();
    return remembered(candidates, key, () => line.candidatesOf(asked, budget));
  };
  const from = (at: number, before: Formula, more: Known): Opened | undefined => {
    const left = simplify(before, more);
    if (left === FALSE) return undefined;
    const key = openKeys[at];
    if (key === undefined) {
      const all = assignFacts(left, more, facts, budget);
      return all && { values: new Map(), known: all };
    }
    const asked = new Set(atomsOf(left));
    const next = (learned: Known): Opened | undefined => from(at + 1, left, learned);
    if ("text" in key) {
      if (!isAskedFor(key.text, asked)) return next(more);
      const found = settleDimension(key.text, left, asked, more, next);
      return found && withValue(key, found.value, found.rest);
    }
    // All names of one dimension are assigned together.
    if (!key.ordered.isAskedFor(asked)) return next(more);
    const cost = sizeOf(left);
    for (const { values, learn } of candidatesOf(key.ordered, asked)) {
      budget.spend(cost);
      const found = next(learn(more));
      if (found === undefined) continue;
      const ofLine = openKeys.filter((one) => "ordered" in one && one.ordered === key.ordered);
      return ofLine.reduce(
        (all, one) => withValue(one, "ordered" in one ? values[one.at] : undefined, all),
        found,
      );
    }
    return undefined;
  };
  const found = from(0, and(goal, keys.areWellTyped(openKeys, goal)), known);
  if (found === undefined) return undefined;
  return { values: new Map(), facts: neededOf(space, goal, found) };
}

function withValue(key: Key, value: readonly string[] | undefined, { values, known }: Opened): Opened {
  return { values: new Map([...values, [key, value]]), known };
}
