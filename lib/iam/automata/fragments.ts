import { CharacterSet } from "./character-set";
import { anyOne, anyRun } from "./patterns";
import { ANY_CHARACTER, type PositionGraph } from "./positions";

/**
 * A part of a text as a regular language that wildcard patterns cannot express, such as "eight
 * hexadecimal digits".
 */
export type Fragment =
  | string
  | typeof anyOne
  | typeof anyRun
  | CharacterSet
  | { readonly sequence: readonly Fragment[] }
  | { readonly either: readonly Fragment[] }
  | { readonly steps: readonly Step[] };

/** A state of a small explicit automaton; the first one is the start. */
export interface Step {
  readonly mayEnd: boolean;
  /** The sets are disjoint; a character in none of them is not accepted. */
  readonly moves: readonly (readonly [characters: CharacterSet, to: number])[];
}

export function sequence(...parts: readonly Fragment[]): Fragment {
  return { sequence: parts };
}

export function either(...alternatives: readonly Fragment[]): Fragment {
  return { either: alternatives };
}

export function zeroOrMore(characters: CharacterSet): Fragment {
  return { steps: [{ mayEnd: true, moves: [[characters, 0]] }] };
}

export function oneOrMore(characters: CharacterSet): Fragment {
  return sequence(characters, zeroOrMore(characters));
}

/**
 * The set of positions that reads the fragment and then what `follow` reads; without `follow` the
 * text ends there.
 */
export function compileFragment(graph: PositionGraph, fragment: Fragment, follow = graph.end): number {
  if (typeof fragment === "string") return compileText(graph, fragment, follow);
  if (fragment === anyRun) return graph.anyRunBefore(follow);
  if (fragment === anyOne) return graph.before(ANY_CHARACTER, follow);
  if (fragment instanceof CharacterSet) return graph.before(graph.consuming(fragment), follow);
  if ("sequence" in fragment) {
    return fragment.sequence.reduceRight<number>((rest, part) => compileFragment(graph, part, rest), follow);
  }
  if ("either" in fragment) {
    return graph.union(fragment.either.map((one) => compileFragment(graph, one, follow)));
  }
  return compileSteps(graph, fragment.steps, follow);
}

function compileText(graph: PositionGraph, text: string, follow: number): number {
  return [...text].reduceRight(
    (rest, character) => graph.before(character.codePointAt(0) ?? 0, rest),
    follow,
  );
}

function compileSteps(graph: PositionGraph, steps: readonly Step[], follow: number): number {
  const positions = steps.map(({ moves }) => moves.map(([set]) => graph.open(graph.consuming(set))));
  const entries = steps.map(({ mayEnd }, at) =>
    graph.union([graph.sets.idOf(positions[at] ?? []), mayEnd ? follow : graph.nothing]),
  );
  for (const [at, { moves }] of steps.entries()) {
    for (const [index, [, to]] of moves.entries()) {
      graph.close(positions[at]?.[index] ?? 0, entries[to] ?? graph.nothing);
    }
  }
  return entries[0] ?? graph.nothing;
}
