import { remembered } from "../../../collections/remembered";
import type { Budget } from "../../automata/budget";
import { Determinized } from "../../automata/determinize";
import { foldCase } from "../../automata/letter-case";
import { compilePatterns } from "../../automata/patterns";
import { PositionGraph } from "../../automata/positions";
import { COMMON_ACTIONS } from "../../data/common-requests";
import type { Patterns } from "../../language/policy";
import { isLiteral } from "../../language/policy";
import { partsOf } from "../core/value-parts";
import { ACTION } from "./request-languages";
import { unnamedActions } from "./unnamed-actions";

/** Actions that are in the same of several lists. */
export interface ListedAlike {
  /** For each of the lists; a list of `NotAction` counts as what it leaves. */
  readonly isIn: readonly boolean[];
  /** Those of them that people know or the lists spell, the best known first. */
  readonly texts: readonly string[];
  /** Any of them. */
  readonly find: () => string;
}

/** A list of actions: those it names, and those its patterns match. */
interface ActionList {
  readonly names: ReadonlySet<string>;
  /** A state of the automaton. */
  readonly patterns: number;
  readonly negated: boolean;
}

/**
 * Every way in which actions can be in some of the lists and not in others, over all actions there
 * can be: of the actions that a list names each is looked at by itself; all others are told apart
 * by patterns alone, and there every way that exists is found. What people know comes first.
 *
 * @throws ProjectError `proof-budget-spent`, `proof-not-exact`
 */
export function listedAlike(lists: readonly Patterns[], budget: Budget): readonly ListedAlike[] {
  const automaton = new Determinized(new PositionGraph(budget), budget);
  const byKey = new Map<string, ActionList>();
  const read = lists.map((list): ActionList => {
    return remembered(byKey, keyOf(list), () => readList(list, automaton));
  });
  const different = [...byKey.values()];
  const states = [...new Set(different.map(({ patterns }) => patterns))];
  const candidates = new Map<
    string,
    { readonly isIn: readonly boolean[]; readonly texts: string[]; find: () => string }
  >();
  const add = (holds: (list: ActionList) => boolean, text: string | undefined, find: () => string): void => {
    budget.spend(different.length);
    let key = "";
    for (const list of different) key += holds(list) === list.negated ? "0" : "1";
    let way = candidates.get(key);
    if (way === undefined) {
      way = { isIn: read.map((list) => key[different.indexOf(list)] === "1"), texts: [], find };
      candidates.set(key, way);
    }
    if (text !== undefined) way.texts.push(text);
  };
  const named = namesIn(lists);
  for (const [folded, text] of new Map([...commonNames, ...named])) {
    budget.spend(states.length);
    const holds = ({ names, patterns }: ActionList): boolean =>
      names.has(folded) || automaton.reads(patterns, text);
    add(holds, text, () => text);
  }
  for (const { members, find } of unnamedActions(states, [...named.keys()], servicesIn(lists), automaton))
    add(({ patterns }) => members.has(patterns), undefined, find);
  return [...candidates.values()];
}

function keyOf({ negated, values }: Patterns): string {
  return JSON.stringify([negated, [...new Set(values.map(({ text }) => text.toLowerCase()))].sort()]);
}

function readList({ values, negated }: Patterns, automaton: Determinized): ActionList {
  const patterns = compilePatterns(
    automaton.graph,
    values.filter((value) => !isLiteral(value)).map(partsOf),
    {
      ignoreCase: true,
    },
  );
  const names = new Set(values.filter(isLiteral).map(({ text }) => foldCase(text)));
  return { names, patterns: automaton.stateOf(patterns), negated };
}

const commonNames: ReadonlyMap<string, string> = new Map(
  COMMON_ACTIONS.map((name) => [foldCase(name), name]),
);

/** The actions that the lists name, by their names with the case folded: as people write them. */
function namesIn(lists: readonly Patterns[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { values } of lists) {
    for (const value of values) {
      const folded = foldCase(value.text);
      if (!isLiteral(value) || !ACTION.test(folded) || names.has(folded)) continue;
      // A character such as the kelvin sign is a letter only after case folding.
      const [service = "", call = ""] = (ACTION.test(value.text) ? value.text : folded).split(":");
      names.set(folded, commonNames.get(folded) ?? `${service.toLowerCase()}:${call}`);
    }
  }
  return names;
}

/**
 * The services that the lists spell out, in lower case; what they say of others, they say of all of
 * them alike.
 */
export function servicesIn(lists: readonly Patterns[]): ReadonlySet<string> {
  const services = lists.flatMap(({ values }) =>
    values.flatMap(({ text }) => /^([a-z0-9-]+):/i.exec(text)?.[1]?.toLowerCase() ?? []),
  );
  return new Set(services);
}
