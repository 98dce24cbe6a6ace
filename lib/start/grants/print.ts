import { oidc } from "../../command-name";
import { describeEnded, entryName } from "../../describe/dated-entries";
import { describeEnd, describeMoment } from "../../describe/moment";
import { visibleLine } from "../../terminal/visible";
import type { Granted } from "./grant";
import type { Pruned } from "./prune";

export function printPruned({ file, removed, left, diff }: Pruned, isDryRun: boolean): string {
  if (removed.length + left.length === 0) return `${file} has no entry that has ended.`;
  const stay = left.flatMap(({ entry, why }) => [
    visibleLine(`Left: ${describeEnded(entry)}`),
    visibleLine(`  ${why}`),
  ]);
  if (removed.length === 0) return ["Nothing was removed.", ...stay].join("\n");
  return [
    ...diff.split("\n").map(visibleLine),
    "",
    `${isDryRun ? "Would remove" : "Removed"} ${removed.length === 1 ? "1 entry" : `${removed.length} entries`} from ${file}:`,
    ...removed.map((entry) => visibleLine(`  ${describeEnded(entry)}`)),
    ...stay,
  ].join("\n");
}

export function printGranted(granted: Granted, isDryRun: boolean): string {
  const { file, name, role, from, end, reason, replaced, diff } = granted;
  const period = `${from === undefined ? "" : `from ${describeMoment(from)} `}until ${describeEnd(end)}`;
  const why = reason === undefined ? "" : ` (${reason})`;
  return [
    ...diff.split("\n").map(visibleLine),
    "",
    visibleLine(`${name} may assume ${role} ${period}${why}.`),
    ...(replaced ? [visibleLine(`The entry that ${file} had for ${name} is replaced.`)] : []),
    isDryRun
      ? "Nothing was written (--dry-run)."
      : "Commit the file and open a pull request. Access begins with its deploy, and ends by itself.",
    `${oidc("prune")} removes the entry after its end.`,
  ].join("\n");
}

/** The names of removed and left entries, for programs. */
export function prunedAsJson({ file, removed, left, diff }: Pruned): string {
  const said = {
    removed: removed.map(entryAsJson),
    left: left.map(({ entry, why }) => ({ ...entryAsJson(entry), why })),
  };
  return JSON.stringify({ file, ...said, diff }, null, 2);
}

function entryAsJson(entry: Pruned["removed"][number]) {
  return { name: entryName(entry), ...entry };
}
