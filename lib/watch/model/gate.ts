import { FAIL_ON, type GateItem, type GateResult, gateItemsIn, gateOfItems } from "../../report/verdict/gate";
import type { WatchReport } from "./report";

/** The words of `--fail-on`: those of `review`, and what only a running account has. */
export const WATCH_FAIL_ON: readonly string[] = [...FAIL_ON, "assumption", "denied", "changed", "ended"];

/**
 * What the gates say about a run. Drift, grants that have ended and what was not examined count as
 * long as they stand; a finding, an assumption and a changed value count once, when they are new.
 * @param wanted words of `--fail-on`
 * @param accepted ids of `--accept`
 */
export function watchGateOf(
  report: WatchReport,
  wanted: readonly string[],
  accepted: readonly string[],
): GateResult {
  return gateOfItems(itemsIn(report), wanted, accepted);
}

/** What was not examined and is not accepted: a run that has some is never a success. */
export function unexamined(report: WatchReport, accepted: readonly string[]): number {
  return watchGateOf(report, ["not-examined"], accepted).failing.length;
}

/** Every id that can be accepted. */
export function idsIn(report: WatchReport): readonly string[] {
  return itemsIn(report).flatMap(({ id }) => id ?? []);
}

function itemsIn({ review, strangers, changed, ended, notExamined }: WatchReport): readonly GateItem[] {
  const findings = review.findings.filter(({ isNew }) => isNew);
  return [
    ...gateItemsIn({ ...review, findings }),
    ...strangers.map(({ id, kind }) => ({ kind, id })),
    ...changed.map(({ id }) => ({ kind: "changed", id })),
    ...ended.map(({ id }) => ({ kind: "ended", id })),
    ...notExamined.map(({ id }) => ({ kind: "not-examined", id })),
  ];
}
