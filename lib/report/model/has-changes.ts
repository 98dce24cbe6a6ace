import type { StackReview } from "../../plan/stack-review";
import type { Review } from "./review";

/** Whether a plan does anything, has drifted, leaves something for later, or is not whole. */
export function stackHasChanges(stack: StackReview): boolean {
  const { isErrored, isIncomplete, resources, drift, deferred, actions = [], outputs, checks } = stack;
  return (
    isErrored ||
    isIncomplete ||
    [resources, drift, deferred, actions, outputs, checks].some(({ length }) => length > 0)
  );
}

/**
 * Whether there is anything that a reviewer has to look at. What was not planned because it did not
 * change is nothing.
 */
export function hasChanges({ stacks, access, notExamined = [], findings }: Review): boolean {
  return (
    access.length + notExamined.length + findings.filter(({ isNew }) => isNew).length > 0 ||
    stacks.some(stackHasChanges)
  );
}
