import { Command } from "commander";
import { runJest } from "../dev/tools/jest-run";
import { NODE_VERSIONS, otherNode } from "../dev/tools/other-node";
import { printOutcome } from "../dev/tools/print-checks";
import { runStaticChecks } from "../dev/tools/static-checks";
import { inRepository, testsOf } from "../dev/tools/tests-of";
import { describeError, exitCodeOf } from "../lib/errors";
import { cacheDirectory } from "../lib/programs/cache";
import { COMMANDER_OUTPUT, note } from "../lib/terminal/output";

/** Exit code 1 if anything failed, 2 for a file that cannot be checked. */
async function check(files: readonly string[], { node: major }: { readonly node?: string }): Promise<void> {
  const node = major === undefined ? process.execPath : await otherNode(major, cacheDirectory());
  const tests = [...new Set(files.flatMap(testsOf))];
  const selected = tests.length === 0 ? [] : ["--runTestsByPath", ...tests];
  const [checks, counts] = await Promise.all([
    runStaticChecks(process.env, files.map(inRepository)),
    runJest(["--selectProjects", "unit", ...selected], process.env, node),
  ]);
  process.exitCode = printOutcome(checks, counts);
}

new Command("check")
  .description("types, style, import boundaries and unit tests; starts neither Terraform nor Python")
  .argument("[file...]", "only what concerns these TypeScript files: their types, style and unit tests")
  .option(
    "--node <major>",
    `run the unit tests with this Node: ${NODE_VERSIONS.join(", ")} (from npm, into the cache)`,
  )
  .configureOutput(COMMANDER_OUTPUT)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(check)
  .parseAsync(process.argv)
  .catch((error: unknown) => {
    note(describeError(error));
    process.exitCode = exitCodeOf(error);
  });
