import { type Discovery, explore } from "../../automata/explore";
import { canHold } from "../../automata/feasible";
import { type Formula, type Known, sizeOf } from "../../automata/formula";
import { Mark } from "../../automata/judge";
import type { Claim } from "../core/claim";

/** What is known of all atoms once a claim has a text, or once it is absent. */
type Then<Found> = (known: Known) => Found | undefined;

/**
 * The text of a claim with which the search can go on to its end: a preferred one, or else a
 * shortest. Undefined: there is none, of all texts.
 *
 * @param goal what must hold in the end; only the languages it asks for are looked at
 * @param known of the claims before this one
 */
export function findText<Found>(
  claim: Claim,
  goal: Formula,
  asked: ReadonlySet<number>,
  known: Known,
  then: Then<Found>,
): Discovery<Found> | undefined {
  const places = placesOf(claim, asked);
  const atoms = places.map((at) => claim.some[at] ?? 0);
  const present = withPresence(claim, known, true);
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
    return found === undefined ? undefined : { text: claim.shape.preferred?.[0] ?? "", found };
  }
  const states = places.map((at) => claim.languages[at] ?? 0);
  const cost = sizeOf(goal);
  for (const text of claim.shape.preferred ?? []) {
    const found = then(knowing(states.map((state) => claim.automaton.reads(state, text))));
    if (found !== undefined) return { text, found };
  }
  return explore(
    claim.automaton,
    states,
    {
      isHopeless: (marks, implications) => {
        claim.automaton.budget.spend(cost);
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

/** The same for a claim that is not there; undefined too where it always is. */
export function findAbsent<Found>(claim: Claim, known: Known, then: Then<Found>): Found | undefined {
  const absent = withPresence(claim, known, false);
  if (absent === undefined) return undefined;
  for (const one of [...claim.some, ...claim.every]) absent[one] = false;
  return then(absent);
}

/** Which of the claim's languages a formula with these atoms asks for. */
export function placesOf({ languages, some, every }: Claim, asked: ReadonlySet<number>): readonly number[] {
  return [...languages.keys()].filter((at) => asked.has(some[at] ?? -1) || asked.has(every[at] ?? -1));
}

/** Undefined: the claim is never absent. */
export function withPresence(
  { presence }: Claim,
  known: Known,
  isPresent: boolean,
): (boolean | undefined)[] | undefined {
  const more = [...known];
  if (presence !== undefined) more[presence] = isPresent;
  return presence === undefined && !isPresent ? undefined : more;
}

/** What a mark says about "the whole text is in the language". */
function truthOf(mark: Mark): boolean | undefined {
  if (mark === Mark.never) return false;
  return mark === Mark.always ? true : undefined;
}
