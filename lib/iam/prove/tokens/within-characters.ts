import type { CharacterSet } from "../../automata/character-set";
import type { Determinized } from "../../automata/determinize";

/**
 * The texts that are read from `positions` and have exactly these characters, one of each set in
 * turn, and then what `follow` reads. A wildcard among the positions cannot reach beyond, which
 * putting one automaton behind another would allow.
 */
export function withinCharacters(
  automaton: Determinized,
  positions: number,
  characters: readonly (CharacterSet | "-")[],
  follow: number,
): number {
  const { graph } = automaton;
  const known = new Map<string, number>();
  const build = (state: number, at: number): number => {
    const set = characters[at];
    if (set === undefined) return automaton.accepts(state) ? follow : graph.nothing;
    const key = `${state} ${at}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const codes = set === "-" ? ["-".charCodeAt(0)] : codesOf(set);
    const targets = codes.map((code) => automaton.step(state, code));
    const [first = graph.nothing] = targets;
    const built =
      set !== "-" && targets.every((target) => target === first)
        ? graph.before(graph.consuming(set), build(first, at + 1))
        : graph.union(codes.map((code, index) => graph.before(code, build(targets[index] ?? first, at + 1))));
    known.set(key, built);
    return built;
  };
  return build(automaton.stateOf(positions), 0);
}

function codesOf(set: CharacterSet): readonly number[] {
  return set.ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, at) => first + at),
  );
}
