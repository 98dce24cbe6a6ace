import { Command } from "commander";
import { checkBindings } from "../dev/tools/check-bindings";
import { runJest } from "../dev/tools/jest-run";
import { OTHER_BINDINGS } from "../dev/tools/other-bindings";
import { NODE_VERSIONS, otherNode } from "../dev/tools/other-node";
import { printOutcome } from "../dev/tools/print-checks";
import { runStaticChecks } from "../dev/tools/static-checks";
import { inRepository, testsOf } from "../dev/tools/tests-of";
import { describeError, exitCodeOf } from "../lib/errors";
import { cacheDirectory } from "../lib/programs/cache";
import { COMMANDER_OUTPUT, note } from "../lib/terminal/output";

/** Exit code 1 if anything failed, 2 for a file that cannot be checked. */
async function check(
  files: readonly string[],
  { node: major, provider }: { readonly node?: string; readonly provider?: string },
): Promise<void> {
  if (provider !== undefined) {
    process.exitCode = printOutcome(await checkBindings(provider), { passed: 0, failed: 0 });
    return;
  }
  const node = major === undefined ? undefined : { program: await otherNode(major, cacheDirectory()), major };
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
  .option(
    "--provider <major>",
    `only compile and compare the stacks with the bindings of this AWS provider: ${Object.keys(OTHER_BINDINGS).join(", ")} (from npm, into the cache)`,
  )
  .configureOutput(COMMANDER_OUTPUT)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(check)
  .parseAsync(process.argv)
  .catch((error: unknown) => {
    note(describeError(error));
    process.exitCode = exitCodeOf(error);
  });
