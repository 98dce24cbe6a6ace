import Table from "cli-table3";
import { type CheckResult, stops } from "./checks/check-result";

const SIGNS = { good: "✓", wrong: "✗", unknown: "–" } as const;
/** Columns of a line that has no terminal. */
const USUAL_WIDTH = 120;
const LEAST_WIDTH = 40;

/**
 * All checks as one table, and how many stop a deploy.
 * @param width of the terminal in columns; undefined: there is none
 */
export function printDoctor(results: readonly CheckResult[], width: number | undefined): string {
  const columns = Math.max(LEAST_WIDTH, width ?? USUAL_WIDTH);
  const first = Math.max(...results.map(({ what }) => what.length)) + 2;
  const table = new Table({
    chars: PLAIN,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 1 },
    colWidths: [3, first, Math.max(20, columns - first - 4)],
    wordWrap: true,
    wrapOnWordBoundary: true,
  });
  for (const { state, what, detail, fix } of results)
    table.push([SIGNS[state], what, fix === undefined ? detail : `${detail}\n→ ${fix}`]);
  const stopping = results.filter(stops).length;
  const end =
    stopping === 0
      ? "Nothing that was looked at would stop a deploy."
      : `${stopping} ${stopping === 1 ? "thing" : "things"} would stop a deploy.`;
  const lines = table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
  return `${lines.join("\n")}\n\n${end}`;
}

const PLAIN = Object.fromEntries(
  ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"]
    .concat(["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"])
    .map((name) => [name, ""]),
);
