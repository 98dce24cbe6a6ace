import type { Phrase } from "../../describe/phrase";
import type { NotExamined } from "../../plan/not-examined";

/** One thing of a change that is not examined. */
export interface Open {
  readonly what: NotExamined["what"];
  readonly reason: Phrase;
}

/** Actions after which everything is in AWS as it was. */
export const NOTHING_DONE: ReadonlySet<string> = new Set(["none", "move", "import", "forget"]);
