import { CharacterSet } from "../../automata/character-set";
import type { Fragment, Step } from "../../automata/fragments";

/**
 * The names that git accepts for a ref (git-check-ref-format(1), rules 1 to 10), as a small
 * automaton: which rule a character can break next depends on these states of the component that is
 * being read.
 */
const STATES = ["start", "inside", "dot", "at", ".l", ".lo", ".loc", ".lock"] as const;
type State = (typeof STATES)[number];

const SLASH = CharacterSet.of("/");
const DOT = CharacterSet.of(".");
const AT = CharacterSet.of("@");
const FORBIDDEN = CharacterSet.ranges([
  [0, 0x20],
  [0x7f, 0x7f],
  ...[..."~^:?*[\\"].map((one): [number, number] => [one.charCodeAt(0), one.charCodeAt(0)]),
]);
const OPENING = CharacterSet.of("{");
const PLAIN = without(CharacterSet.all, FORBIDDEN, SLASH, DOT, AT);
const SUFFIX: Partial<Record<State, readonly [letter: CharacterSet, to: State]>> = {
  dot: [CharacterSet.of("l"), ".l"],
  ".l": [CharacterSet.of("o"), ".lo"],
  ".lo": [CharacterSet.of("c"), ".loc"],
  ".loc": [CharacterSet.of("k"), ".lock"],
};
const PLAIN_AFTER: Readonly<Record<State, CharacterSet>> = {
  start: PLAIN,
  inside: PLAIN,
  at: without(PLAIN, OPENING),
  dot: without(PLAIN, CharacterSet.of("l")),
  ".l": without(PLAIN, CharacterSet.of("o")),
  ".lo": without(PLAIN, CharacterSet.of("c")),
  ".loc": without(PLAIN, CharacterSet.of("k")),
  ".lock": PLAIN,
};

/** A whole ref, such as `refs/heads/main`: it has a slash in it. */
export const gitRef: Fragment = { steps: [...stepsOf(false), ...stepsOf(true)] };

/** What may follow `refs/heads/` in a ref: a name of one component or several. */
export const gitRefName: Fragment = { steps: stepsOf(true, 0) };

/**
 * The states before the first slash (a ref cannot end there), or after it; the ones after it stand
 * at `afterSlash` and on.
 */
function stepsOf(hasSlash: boolean, afterSlash: number = STATES.length): readonly Step[] {
  const own = hasSlash ? afterSlash : 0;
  return STATES.map((state) => {
    const moves: [CharacterSet, number][] = [[PLAIN_AFTER[state], own + STATES.indexOf("inside")]];
    const suffix = SUFFIX[state];
    if (suffix !== undefined) moves.push([suffix[0], own + STATES.indexOf(suffix[1])]);
    if (state !== "start" && state !== "dot") moves.push([DOT, own + STATES.indexOf("dot")]);
    if (state !== "start" && state !== ".lock") moves.push([SLASH, afterSlash + STATES.indexOf("start")]);
    moves.push([AT, own + STATES.indexOf("at")]);
    return { mayEnd: hasSlash && !["start", "dot", ".lock"].includes(state), moves };
  });
}

function without(set: CharacterSet, ...removed: readonly CharacterSet[]): CharacterSet {
  return removed.reduce((rest, one) => rest.without(one), set);
}
