import { CharacterSet } from "./character-set";
import type { Determinized } from "./determinize";
import { pickReadable, rankOf } from "./readable";

/**
 * One character for each class that the languages distinguish in these states, most readable
 * first: each character that a language names, and one of each class of other characters that all
 * languages treat alike.
 *
 * @param required languages that every wanted text is in: only characters that they all accept are
 * needed
 */
export function tellApart(
  automaton: Determinized,
  states: readonly number[],
  required: readonly number[],
): readonly number[] {
  let few: readonly number[] | undefined;
  const only = onlyWayOn(automaton, states, required);
  if (only !== -1) return [only];
  for (const language of required) {
    const { codes, sets, other } = automaton.movesOf(states[language] ?? 0);
    if (sets.length > 0 || other !== automaton.graph.nothing) continue;
    if (few === undefined || codes.length < few.length) few = codes;
  }
  if (few === undefined) return tellAllApart(automaton, states);
  return few.length < 2 ? few : [...few].sort(byReadability);
}

/**
 * The only character that a required language accepts next; -1 if each accepts several, or if a
 * text may end here.
 */
export function onlyWayOn(
  automaton: Determinized,
  states: readonly number[],
  required: readonly number[],
): number {
  for (const language of required) {
    const only = automaton.onlyCode(states[language] ?? 0);
    if (only !== -1) return only;
  }
  return -1;
}

function tellAllApart(automaton: Determinized, states: readonly number[]): readonly number[] {
  const codes = new Set<number>();
  const sets = new Set<CharacterSet>();
  for (const state of states) {
    const moves = automaton.movesOf(state);
    for (const code of moves.codes) codes.add(code);
    for (const set of moves.sets) sets.add(set);
  }
  const asked = [...codes];
  const preferred: number[] = [];
  for (const one of disjoint([...sets])) {
    const code = pickReadable(one, asked);
    if (code === undefined) continue;
    if (code === one.preferred) preferred.push(code);
    else asked.push(code);
  }
  automaton.budget.spend(asked.length);
  return [...preferred, ...asked.sort(byReadability)];
}

function byReadability(one: number, other: number): number {
  return rankOf(one) - rankOf(other);
}

interface Cut {
  readonly classes: readonly CharacterSet[];
  /**
   * The same, divided by one more set. Cached, because the same few sets occur together at most
   * states of every proof.
   */
  readonly further: WeakMap<CharacterSet, Cut>;
}

const UNCUT: Cut = { classes: [CharacterSet.all], further: new WeakMap() };

/** The alphabet divided into classes, so that each set is a union of classes. */
function disjoint(sets: readonly CharacterSet[]): readonly CharacterSet[] {
  let cut = UNCUT;
  for (const set of sets) {
    let next = cut.further.get(set);
    if (next === undefined) {
      const classes = cut.classes.flatMap((one) => [one.and(set), one.without(set)]);
      next = { classes: classes.filter((one) => !one.isEmpty), further: new WeakMap() };
      cut.further.set(set, next);
    }
    cut = next;
  }
  return cut.classes;
}
