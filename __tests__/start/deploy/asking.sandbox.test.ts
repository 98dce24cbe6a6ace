import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../../lib/process/run";
import { diffArguments } from "../../../lib/terraform/cdktf-arguments";
import { removeScratchFolders, scratchFolder } from "../../programs/support";

afterAll(removeScratchFolders);

const fixtures = path.join(__dirname, "fixtures");
const ESCAPE = String.fromCharCode(27);

/** `deploy` on a real pseudo-terminal. */
async function deployOnTerminal(answer: string, variables: NodeJS.ProcessEnv = {}) {
  const calls = path.join(scratchFolder(), "calls");
  const { CI: _, NO_COLOR: __, ...env } = process.env;
  const command = [process.execPath, "--import", "tsx", path.join(fixtures, "asking.ts")];
  const { exitCode, stdout } = await run(
    "python3",
    [
      path.join(fixtures, "on-terminal.py"),
      answer,
      ...command,
      path.join(fixtures, "cdktf.cjs"),
      "main-website",
    ],
    { env: { ...env, TERM: "xterm", CALLS: calls, ...variables } },
  );
  return {
    exitCode,
    shown: stdout,
    /** As it stands on the screen in the end. */
    screen: stdout
      .replaceAll(`${ESCAPE}[K`, "")
      .replaceAll(new RegExp(`${ESCAPE}\\[[0-9;]*[A-Za-z]`, "g"), "")
      .split("\n")
      .map((line) => line.replace(/\r+$/, "").split("\r").at(-1)?.trimEnd() ?? "")
      .join("\n"),
    calls: existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [],
  };
}

test("approved: progress in place, what changes, one question, and the deploy", async () => {
  const { exitCode, shown, screen, calls } = await deployOnTerminal("y");
  expect(screen.replace(/\(\d+ s\)/g, "(0 s)")).toMatch(
    /^✓ main-website: 1 to add, 1 to change \(0 s\)\n\n {2}main-website: 1 to add, 1 to change\n {6}\+ {3}aws_iam_role\.deploy\n {6}~ {3}aws_s3_bucket\.site\n\nnpm run diff shows every value\.\nDeploy these changes\? \[y\/N\] y\n✓ main-website: 1 added, 1 changed \(0 s\)\n\n/,
  );
  expect(screen).not.toContain("noise of cdktf");
  // Nothing comes after the next command.
  expect(screen.trimEnd()).toMatch(/Next: npm run -s oidc -- pipeline --project website$/);
  // The line of progress is drawn again in its place.
  expect(shown).toMatch(new RegExp(`\\r${ESCAPE}\\[K[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] main-website planning 0 s`));
  expect(calls).toEqual([
    expect.stringMatching(/^diff .*main-website$/),
    expect.stringMatching(/^deploy .*--auto-approve --skip-synth$/),
  ]);
  expect(exitCode).toBe(0);
}, 60_000);

test.each(["n", "ctrl-c"])(
  "%s at the question: nothing is deployed, at once",
  async (answer) => {
    const { exitCode, screen, calls } = await deployOnTerminal(answer, { NO_COLOR: "1" });
    expect(screen.trimEnd()).toMatch(/Not approved: nothing was changed\.$/);
    expect(calls).toHaveLength(1);
    expect(exitCode).toBe(1);
  },
  60_000,
);

test("without changes there is no question", async () => {
  const { exitCode, screen, calls } = await deployOnTerminal("y", { UNCHANGED: "1" });
  expect(screen.trimEnd()).toMatch(/No changes: nothing to deploy\.$/);
  expect(screen).not.toContain("[y/N]");
  expect([exitCode, calls.length]).toEqual([0, 1]);
}, 60_000);

test("the plan gets those options of the deploy that it has", () => {
  expect(
    diffArguments(["main-*", "--outputs-file", "o.json", "--var", "a=b", "--parallelism=2", "-o", "out"]),
  ).toEqual(["main-*", "--var", "a=b", "-o", "out"]);
});
