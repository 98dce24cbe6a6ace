import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { optionsForTests } from "../../lib/process/optimize-less";
import { repositoryRoot } from "../../lib/programs/cache";
import { runForeground } from "../../setup/foreground.cjs";

export interface TestCounts {
  readonly passed: number;
  /** Failed tests, and test files that could not be run. */
  readonly failed: number;
}

/** The Node that runs jest. */
interface TestNode {
  /** Its path. */
  readonly program: string;
  /** Its major version, such as `22`; undefined: that of this process. */
  readonly major?: string;
}

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
});

/**
 * Runs jest, whose output goes straight to the terminal.
 * @returns the number of tests. No test, no report, and jest's own errors (such as an unknown
 * option) count as a failure.
 */
export async function runJest(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { program, major }: TestNode = { program: process.execPath },
): Promise<TestCounts> {
  const scratch = await mkdtemp(path.join(tmpdir(), "jest-report-"));
  try {
    const file = path.join(scratch, "report.json");
    const jest = path.join(repositoryRoot, "node_modules", ".bin", "jest");
    const ci = env.CI ? ["--ci"] : [];
    // jest passes them to its workers.
    const v8 = optionsForTests(major);
    const options = { cwd: repositoryRoot, env };
    const exitCode = await runForeground(
      program,
      [...v8, jest, ...ci, "--json", `--outputFile=${file}`, ...args],
      options,
    );
    return countTests(await read(file), exitCode);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Counts the tests of a jest report.
 * @param text the report as JSON, or undefined if jest wrote none
 */
export function countTests(text: string | undefined, exitCode: number): TestCounts {
  if (text === undefined) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = report.parse(JSON.parse(text));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  const nothingRan = numPassedTests + failed === 0;
  return { passed: numPassedTests, failed: failed === 0 && (nothingRan || exitCode !== 0) ? 1 : failed };
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return undefined;
  }
}
