import { ProjectError } from "../../lib/errors";
import { isTest, projectOf, sourceFiles, TEST_PROJECTS, type TestProject } from "./projects";

/**
 * The projects whose tests jest runs for these arguments, so that only their programs are prepared.
 * A word after an option may be its value, so it selects nothing here; what is prepared is then too
 * much rather than too little.
 * @param tests all test files; those of this repository unless a test says otherwise
 * @throws ProjectError `no-such-test` for a pattern that matches no test file
 */
export function projectsFor(
  args: readonly string[],
  tests: readonly string[] = sourceFiles("__tests__").filter(isTest),
): readonly TestProject[] {
  const patterns = args.filter((arg, index) => !arg.startsWith("-") && !args[index - 1]?.startsWith("-"));
  if (patterns.length === 0) return TEST_PROJECTS;
  const selected = patterns.flatMap((pattern) => matching(pattern, tests));
  return TEST_PROJECTS.filter((project) => selected.some((test) => projectOf(test) === project));
}

/**
 * As jest matches a pattern: a regular expression, or a path as it stands, anywhere in the path.
 */
function matching(pattern: string, tests: readonly string[]): readonly string[] {
  const found = tests.filter((test) => `/${test}`.includes(pattern) || isMatch(pattern, `/${test}`));
  if (found.length > 0) return found;
  throw new ProjectError({
    code: "no-such-test",
    message: `no test file matches ${JSON.stringify(pattern)}.`,
    found: pattern,
    fix: "give the path of a test, such as __tests__/token/subject.test.ts, or a part of one.",
    exitCode: 2,
  });
}

function isMatch(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "i").test(text);
  } catch {
    return false;
  }
}
