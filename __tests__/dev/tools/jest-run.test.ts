import { countTests } from "../../../dev/tools/jest-run";

function report(numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites = 0): string {
  return JSON.stringify({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites });
}

describe("the result of a jest run", () => {
  it.each([
    ["all passed", report(3, 0), 0, { passed: 3, failed: 0 }],
    ["one failed", report(2, 1), 1, { passed: 2, failed: 1 }],
    ["a file that does not run", report(2, 0, 1), 1, { passed: 2, failed: 1 }],
    ["no test at all", report(0, 0), 0, { passed: 0, failed: 1 }],
    ["a failed run in which all tests passed", report(3, 0), 1, { passed: 3, failed: 1 }],
    ["no report", undefined, 1, { passed: 0, failed: 1 }],
  ])("%s", (_name, text, exitCode, expected) => {
    expect(countTests(text, exitCode)).toEqual(expected);
  });
});
