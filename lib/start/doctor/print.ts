import { wrapWords } from "../../terminal/wrap";
import { type CheckResult, stops } from "./checks/check-result";

const SIGNS = { good: "✓", wrong: "✗", unknown: "–" } as const;
/** Columns where the output is not a terminal. */
const DEFAULT_WIDTH = 120;
const MINIMUM_WIDTH = 40;

/**
 * All checks, one below the other, and how many block a deploy.
 * @param width columns of the terminal; undefined: not a terminal
 */
export function printDoctor(results: readonly CheckResult[], width: number | undefined): string {
  const indent = 3 + Math.max(...results.map(({ what }) => what.length)) + 2;
  const columns = Math.max(MINIMUM_WIDTH, width ?? DEFAULT_WIDTH) - indent;
  const lines = results.flatMap(({ state, what, detail, fix }) => {
    const [first = "", ...others] = [
      ...wrapWords(detail, columns),
      ...(fix === undefined ? [] : wrapWords(`→ ${fix}`, columns)),
    ];
    return [
      `${SIGNS[state]}  ${what.padEnd(indent - 3)}${first}`,
      ...others.map((line) => `${" ".repeat(indent)}${line}`),
    ];
  });
  return [...lines, "", printSummary(results)].join("\n");
}

function printSummary(results: readonly CheckResult[]): string {
  const blocking = results.filter(stops).length;
  const open = results.filter(({ state }) => state === "unknown").length;
  const summary =
    blocking === 0
      ? "No failed check blocks a deploy."
      : `${blocking} failed ${blocking === 1 ? "check blocks" : "checks block"} a deploy.`;
  return open === 0
    ? summary
    : `${summary} ${open} ${open === 1 ? "check" : "checks"} could not be completed.`;
}
