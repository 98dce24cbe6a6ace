import { print } from "../../lib/terminal/output";
import type { TestCounts } from "./jest-run";
import type { CheckResult } from "./static-checks";

/**
 * Prints the static checks below jest's output, what failed in full, and the sum.
 * @returns the exit code
 */
export function printOutcome(checks: readonly CheckResult[], tests: TestCounts): 0 | 1 {
  for (const { name, passed, seconds, output } of checks) {
    print(`${passed ? "passed" : "FAILED"}: ${name} (${seconds.toFixed(1)} s)`);
    if (!passed) print(`${output}\n`);
  }
  const passed = tests.passed + checks.filter((check) => check.passed).length;
  const failed = tests.failed + checks.filter((check) => !check.passed).length;
  print(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
