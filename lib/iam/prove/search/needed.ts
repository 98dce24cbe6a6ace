import { evaluate, type Formula, type Known } from "../../automata/formula";
import type { Facts } from "../core/facts";
import type { Fact } from "../keys/fact";
import type { Key } from "../keys/key";
import { requirementOf } from "../keys/requirement";

/**
 * The facts that an assignment needs. Everything that the goal does not need is left out, so that
 * the description is the reason.
 */
export function neededOf(
  { facts, openKeys }: { readonly facts: Facts; readonly openKeys: readonly Key[] },
  goal: Formula,
  {
    values,
    known,
  }: { readonly values: ReadonlyMap<Key, readonly string[] | undefined>; readonly known: Known },
): readonly Fact[] {
  const needed = [...known];
  const forget = (atom: number): void => {
    const value = needed[atom];
    if (value === undefined) return;
    needed[atom] = undefined;
    if (evaluate(goal, needed) !== true) needed[atom] = value;
  };
  const ofKeys = openKeys.flatMap((key) => ("ordered" in key ? key.ordered.atoms : atomsOfText(key)));
  for (const atom of [...facts.known.keys(), ...ofKeys]) forget(atom);
  const open = [...facts.known.values()].flatMap(({ atom, key, saying }): readonly Fact[] => {
    const holds = needed[atom];
    return holds === undefined ? [] : [{ key, saying, holds }];
  });
  const said = openKeys.flatMap((key): readonly Fact[] => {
    const requirement = requirementOf(key, needed);
    if (requirement === undefined) return [];
    return [{ key: key.kind.name, values: values.get(key) ?? "absent", requirement }];
  });
  return [...said, ...open];
}

function atomsOfText(key: Key): readonly number[] {
  return "text" in key ? key.text.atoms : [];
}
