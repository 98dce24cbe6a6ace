import { truthOf } from "../../automata/classify";
import { type Discovery, explore } from "../../automata/explore";
import { canHold } from "../../automata/feasible";
import { type Formula, type Known, sizeOf } from "../../automata/formula";
import type { TextDimension } from "../core/text-dimension";

/** What is known of all atoms once a dimension has a text, or once it is absent. */
type Then<Found> = (known: Known) => Found | undefined;

/**
 * A text of a dimension with which the search can be completed: a preferred one, or a shortest one.
 * Undefined: no text will do.
 *
 * @param goal what must hold in the end; only the languages in it are examined
 * @param known atoms of the dimensions before this one
 */
export function findText<Found>(
  dimension: TextDimension,
  goal: Formula,
  asked: ReadonlySet<number>,
  known: Known,
  then: Then<Found>,
): Discovery<Found> | undefined {
  const places = placesOf(dimension, asked);
  const atoms = places.map((at) => dimension.some[at] ?? 0);
  const present = withPresence(dimension, known, true);
  if (present === undefined) return undefined;
  const knowing = (values: Known): Known => {
    const more = [...present];
    for (const [at, one] of atoms.entries()) more[one] = values[at];
    return more;
  };
  const required = [...atoms.keys()].filter((at) => {
    const without = atoms.map((_, other) => (other === at ? false : undefined));
    return !canHold(goal, knowing(without), []);
  });
  if (places.length === 0) {
    const found = then(present);
    return found === undefined ? undefined : { text: dimension.shape.preferred?.[0] ?? "", found };
  }
  const states = places.map((at) => dimension.languages[at] ?? 0);
  const cost = sizeOf(goal);
  for (const text of dimension.shape.preferred ?? []) {
    const found = then(knowing(states.map((state) => dimension.automaton.reads(state, text))));
    if (found !== undefined) return { text, found };
  }
  return explore(
    dimension.automaton,
    states,
    {
      isHopeless: (marks, implications) => {
        dimension.automaton.budget.spend(cost);
        return !canHold(
          goal,
          knowing(marks.map(truthOf)),
          implications.map(([one, other]) => [atoms[one] ?? 0, atoms[other] ?? 0]),
        );
      },
      accept: (members) => {
        const all = knowing(members);
        return canHold(goal, all, []) ? then(all) : undefined;
      },
    },
    required,
  );
}

/** The same for a missing dimension. Undefined also if it is never missing. */
export function findAbsent<Found>(
  dimension: TextDimension,
  known: Known,
  then: Then<Found>,
): Found | undefined {
  const absent = withPresence(dimension, known, false);
  if (absent === undefined) return undefined;
  for (const one of [...dimension.some, ...dimension.every]) absent[one] = false;
  return then(absent);
}

/** Which of the dimension's languages a formula with these atoms asks for. */
export function placesOf(
  { languages, some, every }: TextDimension,
  asked: ReadonlySet<number>,
): readonly number[] {
  return [...languages.keys()].filter((at) => asked.has(some[at] ?? -1) || asked.has(every[at] ?? -1));
}

/** Undefined: the dimension is never absent. */
export function withPresence(
  { presence }: TextDimension,
  known: Known,
  isPresent: boolean,
): (boolean | undefined)[] | undefined {
  const more = [...known];
  if (presence !== undefined) more[presence] = isPresent;
  return presence === undefined && !isPresent ? undefined : more;
}
