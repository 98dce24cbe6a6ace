import { run } from "../../lib/process/run";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";
import { requireApproval } from "../../lib/terraform/require-approval";

const outcome = (
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  isTerminal = false,
) => {
  try {
    requireApproval(command, args, { env, isTerminal });
    return "goes on";
  } catch (error) {
    return error;
  }
};
const refused = expect.objectContaining({ code: "needs-auto-approve", exitCode: 2 });

test.each(["deploy", "destroy"])("%s without a terminal needs --auto-approve", (command) => {
  expect(outcome(command, [])).toEqual(refused);
  expect(outcome(command, ["main-website", "--output", "out"])).toEqual(refused);
  expect(outcome(command, ["main-website", "--auto-approve"])).toBe("goes on");
  expect(outcome(command, [], {}, true)).toBe("goes on");
});

test.each<[readonly string[], NodeJS.ProcessEnv, boolean]>([
  [["--auto-approve=true"], {}, true],
  [["--autoApprove"], {}, true],
  [[], { CDKTF_AUTO_APPROVE: "true" }, true],
  [["--help"], {}, true],
  [["--auto-approve=false"], {}, false],
  [["--auto-approve", "false"], {}, false],
  [["--no-auto-approve"], { CDKTF_AUTO_APPROVE: "true" }, false],
  [["--auto-approve", "--no-auto-approve"], {}, false],
  [["--auto-approves"], {}, false],
  [["--", "--auto-approve"], {}, false],
  [[], { CDKTF_AUTO_APPROVE: "false" }, false],
])("%j with %j", (args, env, goesOn) => {
  expect(outcome("deploy", args, env)).toEqual(goesOn ? "goes on" : refused);
});

test.each(["synth", "diff"])("%s asks no question", (command) => {
  expect(outcome(command, [])).toBe("goes on");
});

test.each(["deploy", "destroy"])("npm run %s without a terminal ends at once", async (command) => {
  const [program, ...first] = ownProgram("cli/oidc.ts");
  const { exitCode, stdout, stderr } = await run(program, [...first, command], {
    cwd: repositoryRoot,
    env: process.env,
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain("error[needs-auto-approve]");
  expect(stderr).toContain(`npm run ${command} -- --auto-approve`);
});
