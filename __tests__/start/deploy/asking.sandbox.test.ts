import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../../lib/programs/cache";
import { diffArguments } from "../../../lib/terraform/cdktf-arguments";
import { bundle } from "../../../setup/bundle.cjs";
import { removeScratchFolders, scratchFolder } from "../../programs/support";
import { answered, CTRL_C, INTERRUPTED, runOnTerminal, type Step } from "./on-terminal";

const fixtures = path.join(__dirname, "fixtures");
/** Compiled once: from source, each start would compile it. */
let asking: string;
beforeAll(async () => {
  const outdir = scratchFolder();
  await bundle({ root: repositoryRoot, entryPoints: [path.join(fixtures, "asking.ts")], outdir });
  asking = path.join(outdir, "asking.mjs");
});
afterAll(removeScratchFolders);
const ESCAPE = String.fromCharCode(27);

/** `deploy` or `destroy` on a terminal, with a program that reports like the guard. */
async function onTerminal(steps: readonly Step[], variables: NodeJS.ProcessEnv = {}, command = "deploy") {
  const calls = path.join(scratchFolder(), "calls");
  const { NO_COLOR: _, ...env } = process.env;
  const ended = await runOnTerminal(
    steps,
    [process.execPath, asking, path.join(fixtures, "cdktf.cjs"), command, "main-website"],
    { env: { ...env, CALLS: calls, ...variables } },
  );
  return { ...ended, calls: existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [] };
}

test("approved: progress in place, what changes, one question, and the deploy", async () => {
  const { exitCode, shown, screen, calls } = await onTerminal([answered("y")]);
  expect(screen.replace(/\(\d+ s\)/g, "(0 s)")).toMatch(
    /^✓ main-website: 1 to add, 1 to change \(0 s\)\n\n {2}main-website: 1 to add, 1 to change\n {6}\+ {3}aws_iam_role\.deploy\n {6}~ {3}aws_s3_bucket\.site\n\nnpm run diff shows every value\.\nDeploy these changes\? \[y\/N\] y\n✓ main-website: 1 added, 1 changed \(0 s\)\n\n/,
  );
  expect(screen).not.toContain("noise of cdktf");
  // Nothing comes after the next command.
  expect(screen.trimEnd()).toMatch(/Next: npm run -s oidc -- pipeline --project website$/);
  // The line of progress is drawn again in its place, and counts what the shown plan has.
  expect(shown).toMatch(new RegExp(`\\r${ESCAPE}\\[K[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] main-website planning 0 s`));
  expect(shown).toContain("main-website 1 of 2");
  expect(calls).toEqual([
    expect.stringMatching(/^diff .*main-website$/),
    expect.stringMatching(/^deploy .*main-website --auto-approve --skip-synth$/),
  ]);
  expect(exitCode).toBe(0);
});

test.each([
  ["n", answered("n")],
  ["Ctrl-C", INTERRUPTED],
] as const)("%s at the question: nothing is deployed, at once", async (_, step) => {
  const { exitCode, screen, calls } = await onTerminal([step], { NO_COLOR: "1" });
  expect(screen.trimEnd()).toMatch(/Not approved: nothing was changed\.$/);
  expect(calls).toHaveLength(1);
  expect(exitCode).toBe(1);
});

test("without changes there is no question", async () => {
  const { exitCode, screen, calls } = await onTerminal([], { UNCHANGED: "1" });
  expect(screen.trimEnd()).toMatch(/No changes: nothing to deploy\.$/);
  expect(screen).not.toContain("[y/N]");
  expect([exitCode, calls.length]).toEqual([0, 1]);
});

test("a plan that cannot be applied as it is shown is not asked about", async () => {
  const { exitCode, screen, calls } = await onTerminal([answered("y")], { UNSAVED: "1" });
  expect(screen).toContain("error[plan-not-saved]: the plan of main-website was not saved");
  expect(screen).not.toContain("[y/N]");
  expect([exitCode, calls.length]).toEqual([2, 1]);
});

test("every stack that is deployed was shown, also one that access.yaml does not declare", async () => {
  const { screen, calls } = await onTerminal([answered("y")], {
    STACKS: "main-state main-own",
    NAMED: "main-*",
  });
  expect(screen).toMatch(/ {2}main-own: 1 to add, 1 to change\n[\s\S]*\[y\/N\] y\n/);
  expect(calls.map((call) => call.replace(/ --skip-provider-lock/, ""))).toEqual([
    "diff main-state",
    "diff main-own --skip-synth",
    "deploy main-state main-own --auto-approve --skip-synth",
  ]);
});

test.each([
  ["deploy", "1 of 2"],
  ["destroy", "1 of 2"],
])("Ctrl-C during %s: it says what it waits for, and ends when Terraform has", async (command, progress) => {
  const { exitCode, screen } = await onTerminal(
    [answered("y"), [`main-website ${progress}`, CTRL_C]],
    {},
    command,
  );
  expect(screen).toContain("waiting for Terraform to finish the current call and release the state lock\n");
  expect(screen).toMatch(/main-website: failed|main-website {2}failed/);
  expect(screen).not.toContain("Next:");
  expect(exitCode).toBe(1);
});

describe("destroy", () => {
  test("lists what it destroys, asks once, and destroys it", async () => {
    const named = { NAMED: "main-w*" };
    const { exitCode, screen, calls } = await onTerminal([answered("y")], named, "destroy");
    expect(screen.replace(/\(\d+ s\)/g, "(0 s)")).toMatch(
      /^\nDestroys all resources of:\n {2}main-website\n\n {2}Resource +ARN\n {2}role website-deploy +arn:aws:iam::123456789012:role\/website-deploy\n[\s\S]*Destroy these stacks\? \[y\/N\] y\n✓ main-website: 2 destroyed \(0 s\)\n/,
    );
    expect(calls).toEqual([expect.stringMatching(/^destroy .*main-website --auto-approve$/)]);
    expect(exitCode).toBe(0);
  });

  test.each([
    ["n", answered("n")],
    ["Ctrl-C", INTERRUPTED],
  ] as const)("%s: nothing is destroyed", async (_, step) => {
    const { exitCode, screen, calls } = await onTerminal([step], {}, "destroy");
    expect(screen.trimEnd()).toMatch(/Not approved: nothing was changed\.$/);
    expect([exitCode, calls]).toEqual([1, []]);
  });
});

test("the plan gets those options of the deploy that it has", () => {
  expect(
    diffArguments(["main-*", "--outputs-file", "o.json", "--var", "a=b", "--parallelism=2", "-o", "out"]),
  ).toEqual(["main-*", "--var", "a=b", "-o", "out"]);
});
