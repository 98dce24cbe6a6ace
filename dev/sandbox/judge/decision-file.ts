import { appendFileSync, writeFileSync } from "node:fs";
import { notWritten } from "../../../lib/project/write-whole";
import type { DecisionLog } from "./decision-log";

/**
 * A log of decisions, one line of JSON each. Lines are written before the answer goes out: whoever
 * has the answer finds its line.
 * @throws ProjectError `not-written` (exit 1) if the file cannot be written to now; what fails
 * later ends the request with an error
 */
export function openDecisionFile(file: string): DecisionLog {
  try {
    writeFileSync(file, "", { flag: "a" });
  } catch (cause) {
    throw notWritten(file, cause);
  }
  return (decision) => appendFileSync(file, `${JSON.stringify(decision)}\n`);
}
