import type { AccessChange, ReviewFinding } from "../../diff/model/access-change";
import type { NotExamined } from "../../plan/not-examined";
import type { StackReview } from "../../plan/stack-review";

/**
 * The whole review: plain data, which `--json` prints as it is (docs/review/json.md) and every
 * other form is printed from.
 */
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
  /**
   * What is touched, can change access, and was not examined; by stack and address. Not there:
   * nothing.
   */
  readonly notExamined?: readonly NotExamined[];
  /** The worst first. */
  readonly findings: readonly ReviewFinding[];
}

export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}
