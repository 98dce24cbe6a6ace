import { runJest } from "../dev/tools/jest-run";
import { type CheckResult, runStaticChecks } from "../dev/tools/static-checks";
import { describeError, exitCodeOf } from "../lib/errors";
import { note, print } from "../lib/terminal/output";
import { prepareTools } from "../lib/terraform/prepare";

/**
 * Terraform and its provider are started some hundred times and spend a quarter of their time on
 * collecting garbage before they end anyway (https://pkg.go.dev/runtime, GOGC and GOMEMLIMIT). They
 * do without, as long as each has less than this.
 */
const COLLECT_LATE = { GOGC: "off", GOMEMLIMIT: "1500MiB" };

/**
 * `npm test`: everything. `npm test -- ARGS…`: jest alone, with these arguments. Exit code 1 if
 * anything failed.
 */
async function main(args: readonly string[]): Promise<number> {
  const { environment } = await prepareTools(["terraform", "provider", "aws", "moto", "git"]);
  const env = { ...COLLECT_LATE, ...process.env, ...environment };
  const checks = args.length === 0 ? await runStaticChecks(env) : [];
  for (const check of checks) show(check);
  const tests = await runJest(args, env);
  const passed = tests.passed + checks.filter((check) => check.passed).length;
  const failed = tests.failed + checks.filter((check) => !check.passed).length;
  // Said again at the end, where it is seen: jest's output lies in between.
  for (const check of checks.filter((one) => !one.passed)) print(`failed: ${check.name}`);
  print(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function show({ name, passed, seconds, output }: CheckResult): void {
  print(`${passed ? "passed" : "FAILED"}: ${name} (${seconds.toFixed(1)} s)`);
  if (!passed) print(`${output}\n`);
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    note(describeError(error));
    process.exitCode = exitCodeOf(error);
  },
);
