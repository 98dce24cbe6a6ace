import type { StackReview } from "../../plan/stack-review";
import type { Review } from "./review";

/** Whether a plan has changes, drift or deferred changes, or is incomplete. */
export function stackHasChanges(stack: StackReview): boolean {
  const { isErrored, isIncomplete, resources, drift, deferred, actions = [], outputs, checks } = stack;
  return (
    isErrored ||
    isIncomplete ||
    [resources, drift, deferred, actions, outputs, checks].some(({ length }) => length > 0)
  );
}

/**
 * Whether a reviewer has anything to read. Stacks skipped on purpose do not count.
 */
export function hasChanges({ stacks, leftOut, access, notExamined = [], findings }: Review): boolean {
  return (
    leftOut.some(({ isErrored }) => isErrored === true) ||
    access.length + notExamined.length + findings.filter(({ isNew }) => isNew).length > 0 ||
    stacks.some(stackHasChanges)
  );
}
