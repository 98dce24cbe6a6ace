import type { Budget } from "../../automata/budget";
import type { Patterns, Statement } from "../../language/policy";
import { type ListedAlike, listedAlike } from "./action-lists";

/** Actions that the same statements match: an answer for one of them is an answer for all. */
export interface ActionClass {
  /** The statements that cover them. */
  readonly covering: ReadonlySet<Statement>;
  /**
   * Some of them that people know or the policies spell, the best known first; where there are
   * none, one that was found.
   */
  readonly examples: () => readonly string[];
}

/**
 * Every class that the actions of the statements make, over all actions there can be
 * (`listedAlike`). Classes with actions that people know come first.
 *
 * @throws ProjectError `proof-budget-spent`, `proof-not-exact`
 */
export function actionClassesOf(statements: readonly Statement[], budget: Budget): readonly ActionClass[] {
  const lists = statements.map(({ actions }) => actions);
  return remembered(lists, budget).map(({ isIn, texts }) => ({
    covering: new Set(statements.filter((_, at) => isIn[at])),
    examples: () => (texts.length === 0 ? [found(lists, isIn, budget)] : texts),
  }));
}

/** What is independent of the caller: without the automaton that finds an example. */
interface Remembered {
  readonly classes: readonly Omit<ListedAlike, "find">[];
  /** In steps. Every caller pays it, so that an answer does not depend on earlier questions. */
  readonly cost: number;
}

const known = new Map<string, Remembered>();
/** Policies of one project ask for the same few lists of actions, whatever their resources. */
const MOST_KNOWN = 500;

function remembered(lists: readonly Patterns[], budget: Budget): Remembered["classes"] {
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

/** One action of a class; that is asked of few classes, and found anew. */
function found(lists: readonly Patterns[], isIn: readonly boolean[], budget: Budget): string {
  const one = listedAlike(lists, budget).find((other) => other.isIn.every((holds, at) => holds === isIn[at]));
  return one?.find() ?? "";
}
