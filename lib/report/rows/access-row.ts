import type { Phrase } from "../../describe/phrase";
import type { AccessChange } from "../../diff/model/access-change";
import type { RiskClass } from "../../iam/risk/classes";

/** How urgent a row is, the most urgent first. */
export const LEVELS = ["severe", "grows", "undetermined", "shrinks"] as const;
export type Level = (typeof LEVELS)[number];

/**
 * One change of access that a person would name: a new role with its trust and permissions, a role
 * that is deleted, one bucket policy.
 */
export interface AccessRow {
  readonly level: Level;
  /** The class that the level follows from. */
  readonly class: RiskClass;
  /** The risk in words, such as: access grows. */
  readonly risk: string;
  /**
   * What can be done afterwards, or no longer: New role `website-deploy`: reads `acme-website/*`.
   */
  readonly what: Phrase;
  /** Who gains or loses it. Empty: not known, or those who have it already. */
  readonly who: Phrase;
  /** From which refs and repositories. Empty: it is not about tokens. */
  readonly from: Phrase;
  /**
   * The row in one line, for the headline, the longest first. Forms with an ARN, an id or more than
   * a line are left out there.
   */
  readonly headlines: readonly Phrase[];
  /** The changed resources. */
  readonly addresses: readonly string[];
  readonly stacks: readonly string[];
  /**
   * The ids that the row's changes are accepted by, each by itself: one id never covers a change
   * beside its own. Empty: no gate fails on the row.
   */
  readonly ids: readonly string[];
  /** All that the row stands for, in the order of the review. */
  readonly changes: readonly AccessChange[];
}
