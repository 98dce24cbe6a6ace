import { projectsFor } from "../../../dev/tools/selection";

const TESTS = [
  "__tests__/token/subject.test.ts",
  "__tests__/cli/oidc.sandbox.test.ts",
  "__tests__/e2e/adopt.test.ts",
];

test.each<[args: readonly string[], projects: readonly string[]]>([
  [[], ["unit", "sandbox", "e2e"]],
  [["__tests__/token/subject.test.ts"], ["unit"]],
  [["token"], ["unit"]],
  [["SUBJECT|oidc"], ["unit", "sandbox"]],
  [
    ["__tests__/cli", "e2e/"],
    ["sandbox", "e2e"],
  ],
  [["__tests__/token", "--silent"], ["unit"]],
  // What follows an option may be its value.
  [
    ["-t", "subject"],
    ["unit", "sandbox", "e2e"],
  ],
])("npm test -- %j prepares the programs of %j", (args, projects) => {
  expect(projectsFor(args, TESTS)).toEqual(projects);
});

test.each([
  [["nowhere"], "nowhere"],
  [["token", "__tests__/token/subjekt.test.ts"], "__tests__/token/subjekt.test.ts"],
  [["("], "("],
])("npm test -- %j is refused: %s matches no test", (args, found) => {
  expect(() => projectsFor(args, TESTS)).toThrow(
    expect.objectContaining({ code: "no-such-test", found, exitCode: 2 }),
  );
});
