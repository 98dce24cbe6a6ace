import type { Budget } from "../../automata/budget";
import type { ActionCatalogue } from "../../data/action-details";
import { compileActions } from "../../evaluate/match-resource";
import { requestKeys } from "../../evaluate/request";
import type { Patterns, Statement } from "../../language/policy";
import { notExact } from "../core/value-parts";
import { type ListedAlike, listedAlike, servicesIn } from "./action-lists";

/** Actions that the same statements match: an answer for one of them is an answer for all. */
export interface ActionClass {
  /** The statements that cover them. */
  readonly covering: ReadonlySet<Statement>;
  /**
   * Common actions and those that the policies name, most common first; else one that the catalogue
   * has; else one that was found, which may be no action of AWS.
   */
  readonly examples: () => readonly string[];
}

/**
 * Every class that the actions of the statements form, over all possible actions (`listedAlike`).
 * Classes with common actions come first.
 *
 * @param catalogue of which examples are taken
 * @throws ProjectError `proof-budget-spent`, `proof-not-exact`
 */
export function actionClassesOf(
  statements: readonly Statement[],
  budget: Budget,
  catalogue?: ActionCatalogue,
): readonly ActionClass[] {
  const lists = statements.map(({ actions }) => actions);
  return classesOf(lists, budget).map(({ isIn, texts }) => ({
    covering: new Set(statements.filter((_, at) => isIn[at])),
    examples: () => {
      if (texts.length > 0) return texts;
      const real = catalogue && realActions(lists, isIn, catalogue);
      return real !== undefined && real.length > 0 ? real : [found(lists, isIn, budget)];
    },
  }));
}

/** So many of a class are tried, as different actions have different resources. */
const MOST_REAL = 3;

/**
 * Actions of the catalogue that are in exactly these lists, of the services that the lists name.
 */
function realActions(
  lists: readonly Patterns[],
  isIn: readonly boolean[],
  catalogue: ActionCatalogue,
): readonly string[] {
  const keys = requestKeys([], "open");
  // Most actions are ruled out by the first list that covers the class.
  const checks = lists
    .map((list, at) => ({ covers: compileActions(list), expected: isIn[at] === true }))
    .sort((one, other) => Number(other.expected) - Number(one.expected));
  const real: string[] = [];
  for (const service of servicesIn(lists)) {
    for (const action of catalogue.actionsOf(service) ?? []) {
      if (checks.every(({ covers, expected }) => covers(action, keys) === expected)) real.push(action);
      if (real.length >= MOST_REAL) return real;
    }
  }
  return real;
}

/**
 * The class of one action, as far as these statements distinguish it.
 * @throws ProjectError `proof-not-exact` if a policy variable decides whether one covers it
 */
export function classOf(action: string, statements: readonly Statement[]): ActionClass {
  const keys = requestKeys([], "open");
  const covering = statements.filter(({ actions }) => {
    const covers = compileActions(actions)(action, keys);
    if (covers === "unknown") throw notExact(actions.path, "the action depends on a policy variable");
    return covers;
  });
  return { covering: new Set(covering), examples: () => [action] };
}

/** The result for some lists of actions, without the automaton that finds an example. */
interface CachedClasses {
  readonly classes: readonly Omit<ListedAlike, "find">[];
  /** In steps. Every caller pays it, so that an answer does not depend on earlier questions. */
  readonly cost: number;
}

const known = new Map<string, CachedClasses>();
/** Policies of one project have the same few lists of actions, for different resources. */
const MOST_KNOWN = 500;

/** Cached, but it always costs the same: the first call and each later one. */
function classesOf(lists: readonly Patterns[], budget: Budget): CachedClasses["classes"] {
  const key = JSON.stringify(
    lists.map(({ negated, values }) => [negated, values.map(({ text, pieces }) => [text, pieces])]),
  );
  const before = known.get(key);
  if (before !== undefined) {
    budget.spend(before.cost);
    return before.classes;
  }
  const { spent } = budget;
  const classes = listedAlike(lists, budget).map(({ isIn, texts }) => ({ isIn, texts }));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, { classes, cost: budget.spent - spent });
  return classes;
}

/** One action of a class. Few classes need it, so it is not cached. */
function found(lists: readonly Patterns[], isIn: readonly boolean[], budget: Budget): string {
  const one = listedAlike(lists, budget).find((other) => other.isIn.every((holds, at) => holds === isIn[at]));
  return one?.find() ?? "";
}
