import { Mark } from "../../automata/classify";
import { explore } from "../../automata/explore";
import type { Known } from "../../automata/formula";
import { compileFragment, sequence } from "../../automata/fragments";
import { anyOne, anyRun } from "../../automata/patterns";
import { type Cell, combinationsOf } from "../core/combinations";
import type { TextDimension } from "../core/text-dimension";
import { placesOf, withPresence } from "./find-text";

/** A value that a list dimension can have. */
export interface ListValue {
  readonly texts: readonly string[];
  /** What is known once the dimension has this value. */
  readonly learn: (known: Known) => Known;
}

/**
 * Every value that a list dimension can have, as far as anything can be asked of it: one text for
 * each way to be in some of the languages and not in others, then two texts, and so on while that
 * makes a difference. Short lists come first. An empty text stands alone: no key of AWS that holds
 * several values holds an empty one among them, and what ForAllValues would say of it is open.
 *
 * @throws ProjectError `proof-budget-spent`
 */
export function valuesOf(dimension: TextDimension, asked: ReadonlySet<number>): readonly ListValue[] {
  const places = placesOf(dimension, asked);
  const cells = cellsOf(dimension, places);
  return combinationsOf(cells, dimension.shape.isList, dimension.automaton.budget).map(
    ({ values, some, every }) => ({
      texts: values,
      learn: (known) => {
        const more = withPresence(dimension, known, true) ?? [...known];
        for (const [at, place] of places.entries()) {
          more[dimension.some[place] ?? 0] = some[at];
          more[dimension.every[place] ?? 0] = every[at];
        }
        return more;
      },
    }),
  );
}

function cellsOf(
  { automaton, languages, shape }: TextDimension,
  places: readonly number[],
): readonly Cell<string>[] {
  const notEmpty = automaton.stateOf(compileFragment(automaton.graph, sequence(anyOne, anyRun)));
  const states = [...places.map((at) => languages[at] ?? 0), ...(shape.isList ? [notEmpty] : [])];
  const cells = new Map<string, Cell<string>>();
  const add = (cell: Cell<string>): void => {
    const key = cell.members.join();
    if (!cells.has(key)) cells.set(key, cell);
  };
  for (const text of shape.preferred ?? []) {
    add({ value: text, isAlone: text === "", members: states.map((state) => automaton.reads(state, text)) });
  }
  // Every way to be in some languages and not in others, once it has been seen, leaves nothing to
  // look for.
  while (cells.size < 2 ** states.length) {
    const discovery = explore(automaton, states, {
      isHopeless: (marks) =>
        marks.every((mark) => mark === Mark.never || mark === Mark.always) &&
        cells.has(marks.map((mark) => mark === Mark.always).join()),
      accept: (members) => (cells.has(members.join()) ? undefined : members),
    });
    if (discovery === undefined) break;
    add({ value: discovery.text, isAlone: discovery.text === "", members: discovery.found });
  }
  return [...cells.values()];
}
