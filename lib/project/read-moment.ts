import { firstMomentOf, momentRule } from "../config/rules/moment";
import { wrongCall } from "./unknown-name";

/**
 * The moment of `--at`.
 * @returns ISO 8601 in UTC, to the second
 * @throws ProjectError `wrong-call` (exit 2)
 */
export function readMoment(text: string): string {
  const violation = momentRule(text);
  if (violation === undefined) return firstMomentOf(text);
  throw wrongCall(`--at ${text}: ${violation.message}`, violation.fix);
}
