import type { AwsData } from "../../iam/data/aws-data";
import type { Review } from "../../report/model/review";
import type { ReportCommit } from "../model/since";
import type { Snapshot } from "../read/snapshot";
import { type ChangedByTime, changedByTime } from "./by-time";
import { compareFiles } from "./compare-files";

/** What changed between two moments. */
export interface Comparison {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  /** What the file grants more or less, by the review's words. */
  readonly review: Review;
  readonly byTime: readonly ChangedByTime[];
}

export interface ComparedSide {
  readonly at: string;
  /** Undefined: the file as it is in the work tree. */
  readonly commit?: ReportCommit;
}

export function compareSnapshots(before: Snapshot, after: Snapshot, aws: AwsData): Comparison {
  return {
    before: sideOf(before),
    after: sideOf(after),
    review: compareFiles(before.access, after.access, aws),
    byTime: changedByTime(before, after),
  };
}

function sideOf({ at, git }: Snapshot): ComparedSide {
  return { at, ...(typeof git === "string" || !git.isCommitted ? {} : { commit: git.commit }) };
}
