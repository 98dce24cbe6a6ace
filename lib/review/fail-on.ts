import { wrongCall } from "../project/unknown-name";
import type { PlanReview } from "./review";

/** What can be asked to end a review with exit code 1. */
export const FAIL_ON = ["broader", "rights", "destroy", "replace", "drift", "unknown"] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** @throws ProjectError `wrong-call` (exit 2) for a word that is none of them */
export function readFailOn(text: string | undefined): readonly FailOn[] {
  if (text === undefined) return [];
  return text.split(",").map((word) => {
    const found = FAIL_ON.find((one) => one === word.trim());
    if (found === undefined)
      throw wrongCall(`--fail-on does not know "${word}"`, `known: ${FAIL_ON.join(", ")}`);
    return found;
  });
}

/** Which of them a review has. A plan that is errored or incomplete is unknown in what it lacks. */
export function failuresIn(reviews: readonly PlanReview[]): ReadonlySet<FailOn> {
  const found = new Set<FailOn>();
  for (const { access, rights, resources, drift, isErrored, isIncomplete } of reviews) {
    const relations = access.map(({ relation }) => relation);
    if (relations.some((relation) => relation === "broader" || relation === "both-ways"))
      found.add("broader");
    if (relations.includes("unknown") || isErrored || isIncomplete) found.add("unknown");
    // What gains by a change that could not be settled in the other direction gains.
    if (access.some(({ sentences }) => sentences.some(({ effect }) => effect === "gained")))
      found.add("broader");
    const actions = resources.map(({ action }) => action);
    if (actions.includes("destroy")) found.add("destroy");
    if (actions.some((action) => action === "replace" || action === "import-and-replace"))
      found.add("replace");
    if (rights.length > 0) found.add("rights");
    if (drift.length > 0) found.add("drift");
  }
  return found;
}
