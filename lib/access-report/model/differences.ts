import type { Periods } from "../../config/model/model";
import type { Phrase } from "../../describe/phrase";
import type { RiskClass } from "../../iam/risk/classes";
import type { Examined } from "../../live/compare/compare-account";
import type { Review } from "../../report/model/review";
import type { ReportRef, Subject } from "./entry";
import type { ReportCommit } from "./since";

/** One difference of access that a person would name, with the words of a review, in English. */
export interface DifferenceRow {
  readonly level: "severe" | "grows" | "undetermined" | "shrinks";
  readonly class: RiskClass;
  /** The risk in words. */
  readonly risk: string;
  /** What it is about. */
  readonly subjects: readonly DifferentSubject[];
  readonly what: Phrase;
  /** Who has more or less. Empty: not known, or those who have access already. */
  readonly who: Phrase;
  /** From which refs and repositories. Empty: it is not about tokens. */
  readonly from: Phrase;
  /** What it consists of, and the tokens and calls that prove it. */
  readonly evidence: readonly DifferenceEvidence[];
}

export interface DifferentSubject {
  readonly kind: "role" | "provider" | "bucket" | "resource";
  readonly name: string;
  /** `file`: the account does not have it. `account`: access.yaml does not declare it. */
  readonly in: "both" | "file" | "account";
}

export interface DifferenceEvidence {
  readonly sentences: readonly Phrase[];
  /** Claims of a token, or calls and their circumstances; one fact each. */
  readonly proofs: readonly string[];
}

/** What could not be compared, and why. */
export interface NotCompared {
  readonly stack: string;
  readonly address: string;
  readonly reason: Phrase;
}

/** An account as it is, compared with what access.yaml declares in it. */
export interface ReportLive {
  /** The account's key. */
  readonly account: string;
  /**
   * `as-declared`: all that the file declares was examined, and is as it says. `same-access`: the
   * same for access, and something else differs. `partial`: no difference, but not all was
   * examined.
   */
  readonly outcome: "differs" | "same-access" | "partial" | "as-declared";
  /** How many were compared; `otherRoles` are those for CircleCI that the file does not declare. */
  readonly examined: Examined;
  /** The most serious first. */
  readonly rows: readonly DifferenceRow[];
  /** Addresses of resources that differ, but not in access. */
  readonly withoutEffect: readonly string[];
  readonly notExamined: readonly NotCompared[];
  /** From the file to the account, as programs read a review. */
  readonly review: Review;
}

/** What changed of access.yaml between two moments. */
export interface ReportChanges {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly rows: readonly DifferenceRow[];
  readonly byTime: readonly ChangedByTime[];
  readonly notExamined: readonly NotCompared[];
}

export interface ComparedSide {
  readonly at: string;
  /** Undefined: the file as it is in the work tree. */
  readonly commit?: ReportCommit;
}

/**
 * An access that both versions of the file have, and that began or ended between the two moments.
 */
export interface ChangedByTime {
  readonly who: Subject;
  /** `website/deploy`. */
  readonly role: string;
  readonly ref: ReportRef;
  /** Of the later version. */
  readonly periods: Periods;
  readonly change: "began" | "ended";
}
