import type { Determinized } from "./determinize";
import { isSubset } from "./integer-lists";

/**
 * The state of a language after a prefix of a text: whether the prefix is in it, and whether that
 * is the same for every continuation.
 */
export const Mark = { never: 0, notYet: 1, now: 2, always: 3 } as const;
export type Mark = (typeof Mark)[keyof typeof Mark];

/** The truth of "the whole text is in the language", as far as the mark decides it. */
export function truthOf(mark: Mark): boolean | undefined {
  if (mark === Mark.never) return false;
  return mark === Mark.always ? true : undefined;
}

/** Whatever follows: if the whole text is in language `one`, it is in language `other`. */
export type Implication = readonly [one: number, other: number];

/** What a search looks for. */
export interface Guide<Found> {
  /**
   * True: no text with this prefix is wanted. False if that is not known, which costs only time.
   */
  readonly isHopeless: (marks: readonly Mark[], implications: readonly Implication[]) => boolean;
  /** What is found if the text ends here, given which languages it is in. */
  readonly accept: (members: readonly boolean[]) => Found | undefined;
}

interface Classification<Found> {
  readonly isHopeless: boolean;
  readonly found: Found | undefined;
}

interface Remembered<Found> extends Classification<Found> {
  readonly open: readonly number[];
  /** By which of the open languages imply which, a bit each. */
  readonly related: Map<number, Classification<Found>>;
}

/**
 * The most undecided languages whose relations are examined. Relations only save work.
 */
const MOST_RELATED = 5;

/** Asks the guide once for each combination of marks, however many states have it. */
export function makeClassifier<Found>(
  automaton: Determinized,
  guide: Guide<Found>,
): (states: readonly number[]) => Classification<Found> {
  const known = new Map<string | number, Remembered<Found>>();
  return (states) => {
    const key = keyOf(automaton, states);
    let classification = known.get(key);
    if (classification === undefined) {
      classification = ask(automaton, states, guide);
      known.set(key, classification);
    }
    const { isHopeless, found, open, related } = classification;
    if (isHopeless || found !== undefined || open.length < 2 || open.length > MOST_RELATED)
      return classification;
    const relation = relate(automaton, states, open);
    if (relation === 0) return classification;
    let refined = related.get(relation);
    if (refined === undefined) {
      const marks = states.map((state) => markOf(automaton, state));
      refined = { isHopeless: guide.isHopeless(marks, implicationsOf(relation, open)), found: undefined };
      related.set(relation, refined);
    }
    return refined;
  };
}

function ask<Found>(
  automaton: Determinized,
  states: readonly number[],
  guide: Guide<Found>,
): Remembered<Found> {
  automaton.budget.spend(states.length);
  const marks = states.map((state) => markOf(automaton, state));
  return {
    isHopeless: guide.isHopeless(marks, []),
    found: guide.accept(marks.map((mark) => mark >= Mark.now)),
    open: [...marks.keys()].filter((at) => marks[at] === Mark.notYet || marks[at] === Mark.now),
    related: new Map(),
  };
}

/** Two bits a mark; a number holds them for up to 25 languages. */
function keyOf(automaton: Determinized, states: readonly number[]): string | number {
  if (states.length > 25) return states.map((state) => markOf(automaton, state)).join("");
  let key = 0;
  for (const state of states) key = key * 4 + markOf(automaton, state);
  return key;
}

function markOf(automaton: Determinized, state: number): Mark {
  if (state === automaton.graph.nothing) return Mark.never;
  if (state === automaton.graph.everything) return Mark.always;
  return automaton.accepts(state) ? Mark.now : Mark.notYet;
}

/** Fewer positions read fewer texts: a subset of the positions is a subset of the language. */
function relate({ graph }: Determinized, states: readonly number[], open: readonly number[]): number {
  let relation = 0;
  for (let one = 0; one < open.length; one++) {
    const small = graph.sets.listOf(states[open[one] ?? 0] ?? 0);
    for (let other = 0; other < open.length; other++) {
      if (one === other) continue;
      const large = graph.sets.listOf(states[open[other] ?? 0] ?? 0);
      if (isSubset(small, large)) relation |= 1 << (one * MOST_RELATED + other);
    }
  }
  return relation;
}

function implicationsOf(relation: number, open: readonly number[]): readonly Implication[] {
  return open.flatMap((one, oneAt) =>
    open.flatMap((other, otherAt): readonly Implication[] =>
      (relation & (1 << (oneAt * MOST_RELATED + otherAt))) === 0 ? [] : [[one, other]],
    ),
  );
}
