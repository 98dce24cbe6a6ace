import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createProgress } from "../../../lib/programs/progress";
import { deployStacks } from "../../../lib/start/deploy/deploy";
import { aBucket, anAccess, aProject, aRole } from "../../fixtures/access";
import { removeScratchFolders, scratchFolder } from "../../programs/support";

afterAll(removeScratchFolders);

const access = anAccess({
  projects: [aProject({ roles: [aRole({ key: "deploy", name: "website-deploy", bucket: aBucket() })] })],
});
const WARNING = "╷\n│ Warning: Old\n│ \n│ Use the new one.\n╵\n";
const PLAN = `${WARNING}Plan: 2 to add, 0 to change, 0 to destroy.\n`;
const DONE =
  "a: Creation complete after 0s\nb: Creation complete after 0s\nApply complete! Resources: 2 added, 0 changed, 0 destroyed.\n";

type Event = readonly [stack: string, command: string, text: string, exitCode: number];

/** Runs a program that reports like the guard, and prints like cdktf. */
async function deployWith(
  command: string,
  events: readonly Event[],
  { exitCode = 0, printed = "noise of cdktf", isQuiet = true, args = ["main-website"] } = {},
) {
  const file = path.join(scratchFolder(), "cdktf.cjs");
  const lines = events.flatMap(([stack, run, text, code]) =>
    [{ kind: "start" }, { kind: "output", text }, { kind: "end", exitCode: code }].map((event) =>
      JSON.stringify({ ...event, stack, command: run }),
    ),
  );
  const script = `require("node:fs").writeSync(3, ${JSON.stringify(lines.map((line) => `${line}\n`).join(""))});
console.log(${JSON.stringify(printed)} + " " + process.argv.slice(2).join(" "));
process.exitCode = ${exitCode};`;
  await writeFile(file, script);
  const said: string[] = [];
  const noted: string[] = [];
  const shown: string[] = [];
  const stream = { isTTY: false, write: (text: string) => shown.push(text) };
  const ended = await deployStacks(
    { access, command, args, environment: {}, isQuiet, program: [process.execPath, file] },
    {
      say: (text) => said.push(text),
      note: (text) => noted.push(text),
      progress: createProgress({ stream, env: {} }),
      stackNames: () => ["main-identity", "main-website"],
    },
  );
  return { ended, said: said.join("\n"), noted: noted.join("\n"), shown: shown.join("") };
}

test("a deploy is one line when a stack begins and one when it ends, then what was made and what comes next", async () => {
  const { ended, said, noted, shown } = await deployWith("deploy", [
    ["main-identity", "init", "Initializing\n", 0],
    ["main-website", "init", "Initializing\n", 0],
    ["main-identity", "apply", PLAN + DONE, 0],
    ["main-website", "apply", PLAN + DONE, 0],
  ]);
  expect(ended).toBe(0);
  expect(shown.replace(/\(\d+ s\)/g, "(0 s)")).toBe(
    "main-identity …\nmain-website …\nmain-identity: 2 added (0 s)\nmain-website: 2 added (0 s)\n",
  );
  expect(noted).toBe("");
  expect(said).toMatch(/ {2}main-identity {2}2 added\n {2}main-website {3}2 added/);
  expect(said).toContain("role website-deploy");
  expect(said).toContain("arn:aws:iam::123456789012:role/website-deploy");
  expect(said).toContain("Warnings:\n  Old: Use the new one. (2 stacks)");
  expect(said).toMatch(/Next: npm run -s oidc -- pipeline --project website$/);
  expect(said).not.toMatch(/noise|Initializing/);
  for (const line of said.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("where Terraform fails, its complete output is shown, and no next command", async () => {
  const { ended, said, noted, shown } = await deployWith(
    "deploy",
    [
      ["main-identity", "apply", PLAN + DONE, 0],
      ["main-website", "init", "Initializing\n", 0],
      ["main-website", "apply", "line 1\nError: at the very end\n", 1],
    ],
    { exitCode: 1 },
  );
  expect(ended).toBe(1);
  expect(shown).toContain("main-website: failed");
  expect(noted).toContain("Terraform failed in main-website. Its complete output:");
  expect(noted).toContain("Initializing\nline 1\nError: at the very end");
  expect(noted).not.toContain("Plan: 2 to add");
  expect(said).toMatch(/main-website {3}failed/);
  expect(said).not.toContain("Next:");
});

test("a Terraform that was killed has failed", async () => {
  const { said, shown } = await deployWith("deploy", [["main-website", "init", "Initializing\n", 0]], {
    exitCode: 1,
  });
  expect(shown).toContain("main-website: failed");
  expect(said).toContain("main-website  failed");
});

test("what cdktf says where no Terraform ran is shown", async () => {
  const { ended, noted } = await deployWith("deploy", [], { exitCode: 1, printed: "main.ts: no" });
  expect({ ended, noted }).toEqual({ ended: 1, noted: expect.stringContaining("main.ts: no") });
});

test.each(["Could not find stack for pattern 'main-websiet'", "Could not find stack: main-websiet"])(
  "%s: the names are listed",
  async (text) => {
    const program = deployWith("deploy", [], { exitCode: 1, printed: `Error: Usage Error: ${text}\n` });
    await expect(program).rejects.toMatchObject({
      code: "unknown-stack",
      found: "main-websiet",
      message: expect.stringContaining("main-identity, main-website"),
      fix: 'did you mean "main-website"?',
    });
  },
);

test("diff shows each plan whole, and its warnings once at the end", async () => {
  const advice = `\n${"─".repeat(77)}\n\nSaved the plan to: plan\n\nTo perform exactly these actions\n`;
  const { said } = await deployWith("diff", [
    ["main-website", "plan", `  + resource "a"\n\n${PLAN}${advice}`, 0],
  ]);
  expect(said).toMatch(
    /main-website\n─+\n {2}\+ resource "a"\n\nPlan: 2 to add, 0 to change, 0 to destroy\.\n\n/,
  );
  expect(said).toContain("main-website  2 to add");
  expect(said).not.toContain("Saved the plan");
  expect(said.indexOf("Old: Use the new one.")).toBeGreaterThan(said.indexOf("2 to add"));
  expect(said).toMatch(/Next: npm run deploy -- main-website$/);
});

test("diff without changes says so", async () => {
  const text = "No changes. Your infrastructure matches the configuration.\n";
  expect((await deployWith("diff", [["main-website", "plan", text, 0]])).said).toMatch(
    /nothing to deploy\.$/,
  );
});
