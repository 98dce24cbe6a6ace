import { remembered } from "../../../collections/remembered";
import type { Budget } from "../../automata/budget";
import { and, atomsOf, FALSE, type Formula, type Known, not, simplify, sizeOf } from "../../automata/formula";
import type { Atoms, Claim } from "../core/claim";
import type { Facts } from "../core/facts";
import type { Fact } from "../keys/fact";
import type { Key, Keys } from "../keys/keys";
import type { Way } from "../keys/line-key";
import type { AnyLineKey } from "../keys/line-keys";
import { type ListValue, valuesOf } from "./find-list";
import { findAbsent, findText, placesOf } from "./find-text";
import { neededOf } from "./needed";
import { assignFacts } from "./settle-facts";

/**
 * A product of claims, condition keys and facts; which claims, and in which order, its owner says.
 */
export interface Space {
  readonly atoms: Atoms;
  readonly facts: Facts;
  readonly keys: Keys;
  /** The keys that are open: whether they matter is looked at once all claims are settled. */
  readonly openKeys: readonly Key[];
  readonly budget: Budget;
}

/** A point of a space, as far as it is settled. */
export interface Point {
  /** Undefined: the claim is absent. A claim that is not here may be what it likes. */
  readonly values: ReadonlyMap<Claim, readonly string[] | undefined>;
  /** Values of open keys, and what else must be so. Empty: it is so whatever else is true. */
  readonly facts: readonly Fact[];
}

/** Whether a point must do whatever is true of the open keys and facts, or with some of them. */
export type Certainty = "anyway" | "possibly";

/**
 * A point for which the goal holds. Undefined: there is none, and that is certain: claim after
 * claim, every way of being in the languages that the goal asks for has been looked at, or could
 * not lead to the goal (docs/trust-proof.md).
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
  const settleClaim = claimSettler(space.budget);
  const settle = (left: Formula, known: Known): Point | undefined => {
    if (certainty === "possibly") return settleOpen(space, left, known);
    return settleOpen(space, not(left), known) === undefined ? { values: new Map(), facts: [] } : undefined;
  };
  const from = (at: number, before: Formula, known: Known): Point | undefined => {
    const left = simplify(before, known);
    if (left === FALSE) return undefined;
    const claim = claims[at];
    if (claim === undefined) return settle(left, known);
    const asked = new Set(atomsOf(left));
    const next = (more: Known): Point | undefined => from(at + 1, left, more);
    if (claim.shape.isSpared === true && !isAskedFor(claim, asked)) return next(known);
    const found = settleClaim(claim, left, asked, known, next);
    return (
      found && { values: new Map([[claim, found.value], ...found.rest.values]), facts: found.rest.facts }
    );
  };
  const nothingKnown: Known = Array.from({ length: space.atoms.count }, () => undefined);
  return from(0, goal, nothingKnown);
}

interface Settled<Rest> {
  /** Undefined: the claim is absent. */
  readonly value: readonly string[] | undefined;
  readonly rest: Rest;
}

type SettleClaim = <Rest>(
  claim: Claim,
  left: Formula,
  asked: ReadonlySet<number>,
  known: Known,
  next: (known: Known) => Rest | undefined,
) => Settled<Rest> | undefined;

/** Tries every way in which a claim can be; what lists it can have is found out once. */
function claimSettler(budget: Budget): SettleClaim {
  const lists = new Map<Claim, Map<string, readonly ListValue[]>>();
  const listsOf = (claim: Claim, asked: ReadonlySet<number>): readonly ListValue[] => {
    const ofClaim = lists.get(claim) ?? new Map<string, readonly ListValue[]>();
    lists.set(claim, ofClaim);
    const places = placesOf(claim, asked).join();
    const known = ofClaim.get(places) ?? valuesOf(claim, asked);
    ofClaim.set(places, known);
    return known;
  };
  return (claim, left, asked, known, next) => {
    const absent = () => {
      const rest = findAbsent(claim, known, next);
      return rest && { value: undefined, rest };
    };
    const present = () => {
      if (!claim.shape.isList) {
        const found = findText(claim, left, asked, known, next);
        return found && { value: [found.text], rest: found.found };
      }
      for (const { texts, learn } of listsOf(claim, asked)) {
        budget.spend(1);
        const rest = next(learn(known));
        if (rest !== undefined) return { value: texts, rest };
      }
      return undefined;
    };
    const { isSpared, isNearlyAlwaysThere } = claim.shape;
    return isSpared === true && isNearlyAlwaysThere !== true
      ? (absent() ?? present())
      : (present() ?? absent());
  };
}

function isAskedFor(claim: Claim, asked: ReadonlySet<number>): boolean {
  return asked.has(claim.presence ?? -1) || placesOf(claim, asked).length > 0;
}

interface Opened {
  readonly values: ReadonlyMap<Key, readonly string[] | undefined>;
  readonly known: Known;
}

/**
 * Values of the open keys and facts with which the goal holds, as few as it takes. All claims are
 * settled.
 */
function settleOpen(space: Space, goal: Formula, known: Known): Point | undefined {
  const { keys, openKeys, facts, budget } = space;
  const settleClaim = claimSettler(budget);
  const ways = new Map<string, readonly Way[]>();
  const waysOf = (line: AnyLineKey, asked: ReadonlySet<number>): readonly Way[] => {
    const key = line.atoms.filter((one) => asked.has(one)).join();
    return remembered(ways, key, () => line.waysOf(asked, budget));
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
    if ("claim" in key) {
      if (!isAskedFor(key.claim, asked)) return next(more);
      const found = settleClaim(key.claim, left, asked, more, next);
      return found && withValue(key, found.value, found.rest);
    }
    // The names of one line are settled with the first of them.
    if (!key.line.isAskedFor(asked)) return next(more);
    const cost = sizeOf(left);
    for (const { values, learn } of waysOf(key.line, asked)) {
      budget.spend(cost);
      const found = next(learn(more));
      if (found === undefined) continue;
      const ofLine = openKeys.filter((one) => "line" in one && one.line === key.line);
      return ofLine.reduce(
        (all, one) => withValue(one, "line" in one ? values[one.at] : undefined, all),
        found,
      );
    }
    return undefined;
  };
  const found = from(0, and(goal, keys.shapes(openKeys, goal)), known);
  if (found === undefined) return undefined;
  return { values: new Map(), facts: neededOf(space, goal, found) };
}

function withValue(key: Key, value: readonly string[] | undefined, { values, known }: Opened): Opened {
  return { values: new Map([...values, [key, value]]), known };
}
