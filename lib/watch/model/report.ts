import type { Examined } from "../../live/compare/compare-account";
import type { Review } from "../../report/model/review";
import type { Stranger } from "./strangers";

/** What a run found in one account: plain data, which `--json` prints. */
export interface WatchReport {
  readonly schemaVersion: 1;
  /** The account's key in access.yaml. */
  readonly account: string;
  /** 12 digits. */
  readonly accountId: string;
  /** The clock of the run: ISO 8601 in UTC, to the second. */
  readonly at: string;
  /** The run before. Absent: there is no record of one, and everything is new. */
  readonly since?: string;
  /**
   * The account as it is, compared with access.yaml; a finding is new if the last run did not have
   * it.
   */
  readonly review: Review;
  readonly examined: Examined;
  readonly assumptions: Assumptions;
  /** Since the last run, and not told before. */
  readonly strangers: readonly Stranger[];
  /** Values that access.yaml does not say and that were others in the last run. */
  readonly changed: readonly Changed[];
  /** Entries of access.yaml that have ended. */
  readonly ended: readonly Ended[];
  /**
   * Ids of what the last run did not have: of `review`, `strangers`, `changed` and `ended`. Sorted.
   */
  readonly isNew: readonly string[];
  /** What was not examined, besides `review.notExamined`. */
  readonly notExamined: readonly NotExaminedPart[];
}

/** From when to when CloudTrail's records were examined, and where they came from. */
export interface Assumptions {
  readonly from: string;
  readonly until: string;
  /** `LookupEvents in us-east-1`, or the places of `--events`. Absent: none were examined. */
  readonly source?: string;
  /** Roles whose assumptions were not judged: access.yaml says neither yes nor no. */
  readonly notJudged: readonly string[];
}

export interface Ended {
  readonly id: string;
  /** Such as: bob in projects.website.roles.deploy.people ended on 31 December 2026. */
  readonly text: string;
}

export interface Changed {
  readonly id: string;
  /** Such as: customer-managed policy arn:aws:iam::123456789012:policy/logs. */
  readonly what: string;
}

export interface NotExaminedPart {
  readonly id: string;
  readonly what: string;
  readonly reason: string;
}
