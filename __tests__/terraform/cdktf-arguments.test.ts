import { cdktfArguments } from "../../lib/terraform/cdktf-arguments";

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
