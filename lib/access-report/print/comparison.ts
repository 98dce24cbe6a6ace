import { describeMoment, describePeriods } from "../../describe/moment";
import { plainText } from "../../describe/phrase";
import { printMarkdown } from "../../report/markdown/report";
import { visibleLine } from "../../terminal/visible";
import type { Comparison } from "../compare/compare-snapshots";
import type { ChangedByTime, ComparedSide } from "../model/differences";
import { describeCommit } from "./describe-since";
import { refName, whoName } from "./rows";

/** What changed between two moments, as a review says it, and then what time alone changed. */
export function printComparison({ before, after, review, byTime }: Comparison): string {
  return [
    `Changes of access.yaml from ${sideText(before)} to ${sideText(after)}.`,
    "",
    printMarkdown(review).trimEnd(),
    ...(byTime.length === 0 ? [] : ["", "Began or ended by its dates, without a change of the file:", ""]),
    ...byTime.map((one) => `- ${timeText(one)}`),
  ].join("\n");
}

/** The format of `--compare --json`, which programs rely on. Ends with a line feed. */
export function printComparisonAsJson({ before, after, review, byTime }: Comparison): string {
  const json = {
    before,
    after,
    review,
    byTime: byTime.map(({ who, role, ref, periods, change }) => ({
      person: who.kind === "person" ? who.name : null,
      role,
      ref: refName({ ref }),
      periods,
      change,
    })),
  };
  return `${JSON.stringify({ comparison: json }, null, 2)}\n`;
}

function sideText({ at, commit }: ComparedSide): string {
  const version = commit === undefined ? "not committed" : plainText(describeCommit(commit));
  return visibleLine(`${describeMoment(at)}: ${version}`);
}

function timeText(one: ChangedByTime): string {
  return visibleLine(
    `${whoName(one)}, ${one.role} from ${refName(one)}: ${one.change}, ${describePeriods(one.periods)}`,
  );
}
