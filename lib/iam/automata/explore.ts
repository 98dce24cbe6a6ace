import { onlyWayOn, tellApart } from "./classes";
import { type Guide, makeClassifier } from "./classify";
import type { Determinized } from "./determinize";
import { IntegerLists } from "./integer-lists";

export interface Discovery<Found> {
  readonly text: string;
  readonly found: Found;
}

/** A prefix of a text, as the path to it. */
interface Beginning {
  readonly states: readonly number[];
  readonly length: number;
  readonly from: Beginning | undefined;
  /** What has been read since `from`. */
  readonly by: string;
}

/** The cost of a visited prefix in addition to a step for each language: it stays in memory. */
const COST = 32;

/** Steps of so many languages at once are free; a proof about tokens has no more. */
const FREE_BITS = 3;

/**
 * Searches all texts, by what the languages can distinguish: two prefixes after which every
 * language is in the same state count as one. Shortest first, and among equally short ones the
 * most readable if that takes no longer. Undefined: no text is accepted.
 *
 * The order is that of A*: by the length so far and the least that the required languages still
 * need.
 *
 * @param languages states of the automaton
 * @param required which of the languages (by place) every wanted text is in
 * @throws ProjectError `proof-budget-spent`
 */
export function explore<Found>(
  automaton: Determinized,
  languages: readonly number[],
  guide: Guide<Found>,
  required: readonly number[] = [],
): Discovery<Found> | undefined {
  const { graph, budget } = automaton;
  const classify = makeClassifier(automaton, guide);
  const visited = new IntegerLists();
  const byLength: Beginning[][] = [];

  const place = (beginning: Beginning): number => {
    let missing = 0;
    for (const language of required) {
      missing = Math.max(missing, graph.shortestOf(beginning.states[language] ?? graph.nothing));
    }
    return beginning.length + missing;
  };
  const stepAll = (states: readonly number[], code: number): readonly number[] | undefined => {
    const next: number[] = [];
    budget.spend(states.length >> FREE_BITS);
    for (const state of states) next.push(automaton.step(state, code));
    for (const language of required) if (next[language] === graph.nothing) return undefined;
    return next;
  };
  /**
   * While there is only one next character and no end, there is no choice to store.
   */
  const walkOn = (start: readonly number[], from: Beginning | undefined, code: number): Beginning => {
    let states = start;
    let length = from === undefined ? 0 : from.length + 1;
    let by = from === undefined ? "" : String.fromCodePoint(code);
    for (;;) {
      const only = onlyWayOn(automaton, states, required);
      const next = only === -1 || areAlike(states) ? undefined : stepAll(states, only);
      if (next === undefined) return { states, length, from, by };
      budget.spend(1);
      states = next;
      length += 1;
      by += String.fromCodePoint(only);
    }
  };
  const file = (beginning: Beginning, at: number): void => {
    let list = byLength[at];
    if (list === undefined) {
      list = [];
      byLength[at] = list;
    }
    list.push(beginning);
  };

  const first = walkOn(languages, undefined, -1);
  if (required.every((language) => first.states[language] !== graph.nothing)) file(first, place(first));
  for (let total = 0; total < byLength.length; total++) {
    // Grows during the iteration: prefixes with a longer shortest completion go to a later list.
    for (const start of byLength[total] ?? []) {
      const stack = [start];
      for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
        const { isHopeless, found } = classify(top.states);
        if (found !== undefined) return { text: textOf(top), found };
        if (isHopeless) continue;
        const before = visited.size;
        if (visited.idOf(top.states) < before) continue;
        budget.spend(COST + top.states.length);
        const asLong: Beginning[] = [];
        for (const code of tellApart(automaton, top.states, required)) {
          const states = stepAll(top.states, code);
          if (states === undefined) continue;
          const next = walkOn(states, top, code);
          const at = place(next);
          if (at <= total) asLong.push(next);
          else file(next, at);
        }
        for (let at = asLong.length - 1; at >= 0; at--) stack.push(asLong[at] ?? top);
      }
    }
    delete byLength[total];
  }
  return undefined;
}

/**
 * Languages in the same state are equal from there on, which mostly decides the question.
 */
function areAlike(states: readonly number[]): boolean {
  return states.length > 1 && states.every((state) => state === states[0]);
}

function textOf(last: Beginning): string {
  const runs: string[] = [];
  for (let at: Beginning | undefined = last; at !== undefined; at = at.from) runs.push(at.by);
  return runs.reverse().join("");
}
