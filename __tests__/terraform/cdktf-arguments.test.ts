import { cdktfArguments, diffCalls, isNamed, outputFolder } from "../../lib/terraform/cdktf-arguments";

describe("the arguments for cdktf", () => {
  it.each([
    ["deploy", [], ["deploy", "*", "--skip-provider-lock"]],
    ["deploy", ["--auto-approve"], ["deploy", "*", "--skip-provider-lock", "--auto-approve"]],
    ["deploy", ["one"], ["deploy", "--skip-provider-lock", "one"]],
    ["deploy", ["--parallelism", "2"], ["deploy", "*", "--skip-provider-lock", "--parallelism", "2"]],
    ["deploy", ["--parallelism=2", "one"], ["deploy", "--skip-provider-lock", "--parallelism=2", "one"]],
    ["deploy", ["one", "--no-skip-provider-lock"], ["deploy", "one", "--no-skip-provider-lock"]],
    ["deploy", ["--help"], ["deploy", "--help"]],
    ["destroy", [], ["destroy", "--skip-provider-lock"]],
    ["diff", ["one"], ["diff", "--skip-provider-lock", "one"]],
    ["synth", [], ["synth"]],
  ])("%s %j", (command, args, expected) => {
    expect(cdktfArguments(command, args)).toEqual(expected);
  });
});

test.each<[readonly string[], readonly (readonly string[])[]]>([
  [[], [["a-one"], ["a-two", "--skip-synth"], ["b-one", "--skip-synth"]]],
  [["a-one"], [["a-one"]]],
  [
    ["a-*", "-o", "out"],
    [
      ["a-one", "-o", "out"],
      ["a-two", "-o", "out", "--skip-synth"],
    ],
  ],
  [
    ["b-one", "a-two"],
    [["a-two"], ["b-one", "--skip-synth"]],
  ],
  [["other"], [["other"]]],
  [["other", "a-one"], [["other", "a-one"]]],
])("diff %j is one call a stack, which synthesizes once", (args, calls) => {
  expect(diffCalls(args, ["a-one", "a-two", "b-one"])).toEqual(calls);
});

test.each([
  [[], "main-website", true],
  [["main-*"], "main-website", true],
  [["main-*"], "other-main-website", false],
  [["main.website"], "main-website", false],
  [["main-state", "*-website"], "main-website", true],
])("%j names %s: %s", (named, stack, expected) => {
  expect(isNamed(named, stack)).toBe(expected);
});

test.each([
  [[], "cdktf.out"],
  [["--output", "out"], "out"],
  [["-o", "out", "main-website"], "out"],
  [["--output=out"], "out"],
])("the output folder in %j is %s", (args, expected) => {
  expect(outputFolder(args)).toBe(expected);
});
