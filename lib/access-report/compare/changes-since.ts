import type { ReportChanges } from "../model/differences";
import type { Comparison } from "./compare-snapshots";
import { differenceRows, notComparedIn } from "./difference-rows";

/** A comparison of two moments as a part of the report on the later one. Pure. */
export function changesSince({ before, after, review, byTime }: Comparison): ReportChanges {
  return { before, after, rows: differenceRows(review), byTime, notExamined: notComparedIn(review) };
}
