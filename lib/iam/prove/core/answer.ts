import { ProjectError } from "../../../errors";
import { BUDGET_SPENT } from "../../automata/budget";
import { NOT_EXACT } from "./value-parts";

/** What an exact method found, or why it cannot say. */
type Answer<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly reason: string };

/**
 * The answer of a search that may run out of its budget, or meet what has no exact answer. Other
 * errors pass through.
 */
export function answerOf<T>(search: () => T): Answer<T> {
  try {
    return { known: true, value: search() };
  } catch (error) {
    if (error instanceof ProjectError && (error.code === BUDGET_SPENT || error.code === NOT_EXACT)) {
      return { known: false, reason: error.message };
    }
    throw error;
  }
}
