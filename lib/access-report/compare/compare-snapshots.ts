import type { AwsData } from "../../iam/data/aws-data";
import type { Review } from "../../report/model/review";
import type { ChangedByTime, ComparedSide } from "../model/differences";
import type { Snapshot } from "../read/snapshot";
import { changedByTime } from "./by-time";
import { compareFiles } from "./compare-files";

/** What changed between two moments. */
export interface Comparison {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  /** What the file grants more or less, by the review's words. */
  readonly review: Review;
  readonly byTime: readonly ChangedByTime[];
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
