import { remembered } from "../../collections/remembered";
import { CharacterSet } from "./character-set";
import type { Fragment, Step } from "./fragments";

const KNOWN = new Map<string, Fragment>();

/**
 * Every text that ends with the first occurrence of the marker: the automaton of Knuth, Morris
 * and Pratt. There are few markers, so all proofs share their character sets and the caches of
 * these sets.
 */
export function upToFirst(marker: string): Fragment {
  return remembered(KNOWN, marker, () => build(marker));
}

function build(marker: string): Fragment {
  const alphabet = [...new Set(marker)];
  const steps = [...marker].map((_, state): Step => {
    const targets = alphabet.map((character) => [character, nextState(marker, state, character)] as const);
    const other = alphabet.reduce(
      (rest, character) => rest.without(CharacterSet.of(character)),
      CharacterSet.all,
    );
    return {
      mayEnd: false,
      moves: [...targets.map(([character, to]) => [CharacterSet.of(character), to] as const), [other, 0]],
    };
  });
  return { steps: [...steps, { mayEnd: true, moves: [] }] };
}

/** The longest beginning of the marker with which what has been read ends. */
function nextState(marker: string, state: number, character: string): number {
  const read = marker.slice(0, state) + character;
  for (let length = read.length; length > 0; length--) {
    if (read.endsWith(marker.slice(0, length))) return length;
  }
  return 0;
}
