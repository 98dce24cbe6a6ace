import { tellApart } from "./classes";
import type { Determinized } from "./determinize";
import { IntegerLists } from "./integer-lists";
import { type Guide, makeJudge } from "./judge";

export interface Discovery<Found> {
  readonly text: string;
  readonly found: Found;
}

/** A beginning of a text, as the way to it. */
interface Beginning {
  readonly states: readonly number[];
  readonly length: number;
  readonly from: Beginning | undefined;
  readonly by: number;
}

/** What one visited beginning costs beyond a step for each language: it stays in memory. */
const COST = 4;

/**
 * Walks all texts at once, by what the languages can tell apart: two beginnings after which every language is in the same state
 * are one. Shortest first, and among equally short ones the most readable, as far as that takes no longer.
 * Undefined: of all texts there are, none is accepted.
 *
 * The order is that of A*: by the length so far and the least that the required languages still need.
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
  const judge = makeJudge(automaton, guide);
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
    for (const language of required) {
      if (automaton.step(states[language] ?? graph.nothing, code) === graph.nothing) return undefined;
    }
    return states.map((state) => automaton.step(state, code));
  };
  const file = (beginning: Beginning, at: number): void => {
    let list = byLength[at];
    if (list === undefined) {
      list = [];
      byLength[at] = list;
    }
    list.push(beginning);
  };

  const first: Beginning = { states: languages, length: 0, from: undefined, by: 0 };
  if (required.every((language) => languages[language] !== graph.nothing)) file(first, place(first));
  for (let total = 0; total < byLength.length; total++) {
    // Grows while it is walked through: beginnings that come no closer to their end than this go to a later list.
    for (const start of byLength[total] ?? []) {
      const stack = [start];
      for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
        const { isHopeless, found } = judge(top.states);
        if (found !== undefined) return { text: textOf(top), found };
        if (isHopeless) continue;
        const before = visited.size;
        if (visited.idOf(top.states) < before) continue;
        budget.spend(COST + top.states.length);
        const asLong: Beginning[] = [];
        for (const code of tellApart(automaton, top.states, required)) {
          const states = stepAll(top.states, code);
          if (states === undefined) continue;
          const next: Beginning = { states, length: top.length + 1, from: top, by: code };
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

function textOf(last: Beginning): string {
  const characters: string[] = [];
  for (let at = last; at.from !== undefined; at = at.from) characters.push(String.fromCodePoint(at.by));
  return characters.reverse().join("");
}
