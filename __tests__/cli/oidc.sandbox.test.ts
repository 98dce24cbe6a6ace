import path from "node:path";
import { run } from "../../lib/process/run";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";

// Each starts a process or several, beside other tests that do.
const [OIDC, ...FIRST] = ownProgram("cli/oidc.ts");

function oidc(...args: readonly string[]) {
  const env = { ...process.env, OIDC_ACCESS_FILE: path.join("examples", "talk", "access.yaml") };
  return run(OIDC, [...FIRST, ...args], {
    cwd: repositoryRoot,
    env,
  });
}

const aboutAlice = ["explain", "--person", "alice", "--role", "deploy", "--branch", "main"];

test.each<[exitCode: number, args: readonly string[]]>([
  [0, aboutAlice],
  [0, [...aboutAlice, "--expect", "allow"]],
  [1, [...aboutAlice, "--expect", "deny"]],
  [1, ["explain", "--person", "alice", "--role", "deploy", "--expect", "allow"]],
  [2, [...aboutAlice, "--expect", "maybe"]],
  [2, ["explain", "--expect", "allow"]],
  [2, ["explain", "--person", "alcie"]],
  [2, ["explian"]],
  [2, ["ids", "--pipelines", "many"]],
  [2, ["ids", "--replace"]],
])("exit %d: %j", async (exitCode, args) => {
  expect((await oidc(...args)).exitCode).toBe(exitCode);
});

test("--json prints only JSON; the note on the unverified signature goes to standard error", async () => {
  const answer = await oidc(...aboutAlice, "--json");
  expect(JSON.parse(answer.stdout).decisions).toHaveLength(1);
  expect(answer.stderr).toBe("");
});

test("review reads a plan from standard input, and fails with --fail-on", async () => {
  const review = async (...args: readonly string[]) =>
    run(OIDC, [...FIRST, "review", ...args], {
      cwd: repositoryRoot,
      input: '{"format_version":"1.2","resource_drift":[]}',
    });
  const plain = await review(
    "--plan",
    "-",
    "--no-access",
    "--fail-on",
    "broader,destroy,replace,drift,unknown",
  );
  expect([plain.exitCode, plain.stdout.split("\n")[0]]).toEqual([0, "🟢 **No changes**"]);
  expect((await review("--plan", "-", "--no-access", "--fail-on", "worse")).exitCode).toBe(2);
  expect((await review("main-website", "--plan", "-")).exitCode).toBe(2);
});

describe("audit", () => {
  const example = path.join("examples", "branch-pin", "trust-policy.json");

  test.each<[exitCode: number, args: readonly string[]]>([
    [0, ["audit", "--fail-on", "low"]],
    [0, ["audit", "--policy", example]],
    [1, ["audit", "--policy", example, "--fail-on", "high"]],
    [1, ["audit", "--policy", "__tests__/audit/known-after-apply.plan.json", "--fail-on", "high"]],
    [0, ["audit", "--policy", "__tests__/audit/known-after-apply.plan.json"]],
    [2, ["audit", "--policy", "nowhere.json"]],
    [2, ["audit", "--fail-on", "worst"]],
  ])("exit %d: %j", async (exitCode, args) => {
    expect((await oidc(...args)).exitCode).toBe(exitCode);
  });
});
