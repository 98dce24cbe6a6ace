import type { ActionInvocation } from "./not-examined";
import type { FailedCheck, OutputChange, ResourceChange } from "./resource-change";

/** One plan: of a stack, or of a file. */
export interface StackReview {
  readonly name: string;
  /** Why there is no plan; undefined: there is one. */
  readonly failure?: string;
  /** Terraform failed while planning: what follows is a part, or nothing. */
  readonly isErrored: boolean;
  /** Something is deferred to a later plan. */
  readonly isIncomplete: boolean;
  /** By address; nothing to do: not listed. */
  readonly resources: readonly ResourceChange[];
  /** What was changed outside of Terraform since its last run. */
  readonly drift: readonly ResourceChange[];
  /** What is deferred to a later plan. */
  readonly deferred: readonly ResourceChange[];
  /** Actions that providers run, deferred ones included. Not there: none. */
  readonly actions?: readonly ActionInvocation[];
  readonly outputs: readonly OutputChange[];
  readonly checks: readonly FailedCheck[];
}
