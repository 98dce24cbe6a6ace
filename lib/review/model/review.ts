import type { AccessChange, ReviewFinding } from "./access-change";
import type { ActionInvocation, NotExamined } from "./not-examined";
import type { FailedCheck, OutputChange, ResourceChange } from "./resource-change";

/** The whole review: plain data, which `--json` prints as it is (docs/review/json.md) and every other form is printed from. */
export interface Review {
  /** Raised when a field changes its meaning or goes away; new fields may come without. */
  readonly schemaVersion: 1;
  /** Of the code that was planned, where that is known. */
  readonly commit?: string;
  /** By name. */
  readonly stacks: readonly StackReview[];
  /** Stacks that were not planned, and why; by name. */
  readonly leftOut: readonly LeftOut[];
  /** What gains first, then what is unknown, what loses, what is the same; by stack and subject. */
  readonly access: readonly AccessChange[];
  /** What is touched, can change access, and was not examined; by stack and address. Not there: nothing. */
  readonly notExamined?: readonly NotExamined[];
  /** The worst first. */
  readonly findings: readonly ReviewFinding[];
}

export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

/** One plan: of a stack, or of a file. */
export interface StackReview {
  readonly name: string;
  /** Why there is no plan; undefined: there is one. */
  readonly failure?: string;
  /** Terraform failed while planning: what follows is a part, or nothing. */
  readonly isErrored: boolean;
  /** Something is left for a later plan. */
  readonly isIncomplete: boolean;
  /** By address; nothing to do: not listed. */
  readonly resources: readonly ResourceChange[];
  /** What was changed outside of Terraform since its last run. */
  readonly drift: readonly ResourceChange[];
  /** What is put off to a later plan. */
  readonly deferred: readonly ResourceChange[];
  /** Actions that providers run, those that are put off too. Not there: none. */
  readonly actions?: readonly ActionInvocation[];
  readonly outputs: readonly OutputChange[];
  readonly checks: readonly FailedCheck[];
}
