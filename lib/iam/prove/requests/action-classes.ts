import { foldCase } from "../../automata/letter-case";
import { compilePatterns } from "../../automata/patterns";
import type { Patterns, Statement, Value } from "../../language/policy";
import { partsOf } from "../value-parts";
import type { RequestSpace } from "./request-space";
import { ACTION } from "./universe";
import { unnamedActions } from "./unnamed-actions";
import { USUAL_ACTIONS } from "./usual-requests";

/** All actions that the same statements cover: whatever is asked of one of them is asked of all. */
export interface ActionClass {
  /** The statements that cover them. */
  readonly covering: ReadonlySet<Statement>;
  /** Some of them that people know or the policies spell, the best known first; where there are none, one that was found. */
  readonly examples: () => readonly string[];
}

/** A list of actions: those it names, and those its patterns match. */
interface ActionList {
  readonly names: ReadonlySet<string>;
  /** A state of the automaton. */
  readonly patterns: number;
  readonly negated: boolean;
}

/**
 * Every class that the actions of the statements make, over all actions there can be: of the actions that a policy names each is looked
 * at by itself; all others are told apart by patterns alone, and there every way of being in some and not in others is found, as far as
 * it exists. Classes with actions that people know come first.
 *
 * @throws ProjectError `proof-budget-spent`
 */
export function actionClassesOf(
  statements: readonly Statement[],
  space: RequestSpace,
): readonly ActionClass[] {
  const lists = new Map<string, ActionList>();
  const ofStatement = statements.map((statement) => {
    const key = keyOf(statement.actions);
    const list = lists.get(key) ?? listOf(statement.actions, space);
    lists.set(key, list);
    return [statement, list] as const;
  });
  const states = [...new Set([...lists.values()].map(({ patterns }) => patterns))];
  const classes = new Map<
    string,
    { readonly covering: ReadonlySet<Statement>; readonly texts: string[]; find: () => string }
  >();
  const different = [...lists.values()];
  const add = (isIn: (list: ActionList) => boolean, text: string | undefined, find: () => string): void => {
    space.budget.spend(lists.size);
    let key = "";
    for (const list of different) key += isIn(list) === list.negated ? "0" : "1";
    let known = classes.get(key);
    if (known === undefined) {
      const covering = ofStatement.filter(([, list]) => key[different.indexOf(list)] === "1");
      known = { covering: new Set(covering.map(([statement]) => statement)), texts: [], find };
      classes.set(key, known);
    }
    if (text !== undefined) known.texts.push(text);
  };
  const addText = (text: string, folded: string): void => {
    space.budget.spend(states.length);
    const isIn = ({ names, patterns }: ActionList): boolean =>
      names.has(folded) || space.automaton.reads(patterns, text);
    add(isIn, text, () => text);
  };
  const named = namesOf(statements);
  for (const [folded, text] of new Map([...usualNames, ...named])) addText(text, folded);
  const services = servicesOf(statements);
  for (const { members, find } of unnamedActions(states, [...named.keys()], services, space)) {
    add(({ patterns }) => members.has(patterns), undefined, find);
  }
  return [...classes.values()].map(({ covering, texts: examples, find }) => ({
    covering,
    examples: () => (examples.length === 0 ? [find()] : examples),
  }));
}

function keyOf({ negated, values }: Patterns): string {
  return JSON.stringify([negated, [...new Set(values.map(({ text }) => text.toLowerCase()))].sort()]);
}

function listOf({ values, negated }: Patterns, { automaton }: RequestSpace): ActionList {
  const patterns = compilePatterns(automaton.graph, values.filter(isPattern).map(partsOf), {
    ignoreCase: true,
  });
  const names = new Set(values.filter((value) => !isPattern(value)).map(({ text }) => foldCase(text)));
  return { names, patterns: automaton.stateOf(patterns), negated };
}

function isPattern({ pieces }: Value): boolean {
  return pieces.some(({ kind }) => kind !== "literal");
}

const usualNames: ReadonlyMap<string, string> = new Map(USUAL_ACTIONS.map((name) => [foldCase(name), name]));

/** The actions that the statements name, by their names with the case folded: as people write them. */
function namesOf(statements: readonly Statement[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { actions } of statements) {
    for (const value of actions.values) {
      const folded = foldCase(value.text);
      if (isPattern(value) || !ACTION.test(folded) || names.has(folded)) continue;
      // A sign such as that for kelvin is a letter only once its case is folded.
      const [service = "", call = ""] = (ACTION.test(value.text) ? value.text : folded).split(":");
      names.set(folded, usualNames.get(folded) ?? `${service.toLowerCase()}:${call}`);
    }
  }
  return names;
}

/** The services that the statements spell out, in lower case; what they say of others, they say of all of them alike. */
function servicesOf(statements: readonly Statement[]): ReadonlySet<string> {
  const services = statements.flatMap(({ actions }) =>
    actions.values.flatMap(({ text }) => /^([a-z0-9-]+):/i.exec(text)?.[1]?.toLowerCase() ?? []),
  );
  return new Set(services);
}
