import path from "node:path";
import { isTest, projectOf, sourceFiles } from "../../../dev/tools/projects";
import { testsOf } from "../../../dev/tools/tests-of";
import { repositoryRoot } from "../../../lib/programs/cache";

const refusal = (file: string): unknown => {
  try {
    return testsOf(file);
  } catch (error) {
    return error;
  }
};

test("a unit test is its own test", () => {
  expect(testsOf("__tests__/dev/tools/tests-of.test.ts")).toEqual(["__tests__/dev/tools/tests-of.test.ts"]);
});

test("a file is tested by the test of its name", () => {
  expect(testsOf("lib/token/subject.ts")).toEqual(["__tests__/token/subject.test.ts"]);
  expect(testsOf(path.join(repositoryRoot, "dev/tools/selection.ts"))).toEqual([
    "__tests__/dev/tools/selection.test.ts",
  ]);
});

test("otherwise it is tested by the unit tests that import it directly or indirectly", () => {
  expect(testsOf("dev/tools/projects.ts")).toContain("__tests__/dev/tools/tests-of.test.ts");
  for (const file of testsOf("lib/errors.ts")) expect(projectOf(file)).toBe("unit");
});

test.each([
  ["lib/no-such-file.ts", "check-file", 2],
  ["README.md", "check-file", 2],
  ["lib", "check-file", 2],
  ["../outside.ts", "check-file", 2],
  ["__tests__/e2e/adopt.test.ts", "check-starts-processes", 2],
  ["__tests__/cli/oidc.sandbox.test.ts", "check-starts-processes", 2],
  ["cli/bench.ts", "check-without-test", 1],
])("%s is rejected: %s", (file, code, exitCode) => {
  expect(refusal(file)).toMatchObject({ code, exitCode });
});

test("every project of jest has tests", () => {
  const projects = sourceFiles("__tests__").filter(isTest).map(projectOf);
  expect(new Set(projects)).toEqual(new Set(["unit", "sandbox", "e2e"]));
});
