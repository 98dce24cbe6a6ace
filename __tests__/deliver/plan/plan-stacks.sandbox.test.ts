import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { planStacks } from "../../../lib/deliver/plan/plan-stacks";
import { type SynthesisedStack, stacksIn } from "../../../lib/deliver/stacks/synthesised-stacks";
import { ProjectError } from "../../../lib/errors";
import { inParallel } from "../../../lib/process/in-parallel";
import { printMarkdown } from "../../../lib/report/markdown/report";
import { reviewOf } from "../../../lib/report/model/review-of";
import { Terraform } from "../../../lib/terraform/terraform";
import { plan, resource } from "../../plan/a-plan";

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "review-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the number of tasks at once", () => {
  test.each([1, 2, 5, 50])("%d of ten: never more, results in order", async (atOnce) => {
    let [now, most] = [0, 0];
    const results = await inParallel([...Array(10).keys()], atOnce, async (item) => {
      now += 1;
      most = Math.max(most, now);
      await sleep(10 - item);
      now -= 1;
      return item * 2;
    });
    expect(results).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
    expect(most).toBe(Math.min(atOnce, 10));
  });

  test("an empty list runs no task, and no task starts after an error", async () => {
    expect(await inParallel([], 4, async () => 1)).toEqual([]);
    const begun: number[] = [];
    const failing = inParallel([1, 2, 3], 1, async (item) => {
      begun.push(item);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(begun).toEqual([1]);
  });
});

describe("cdktf's manifest", () => {
  const codeOf = (act: () => unknown): string => {
    try {
      act();
    } catch (error) {
      if (error instanceof ProjectError) return `${error.code} (${error.exitCode}): ${error.fix}`;
      throw error;
    }
    return "read";
  };
  const write = (text: string) => writeFileSync(path.join(folder, "manifest.json"), text);
  const stack = (name: string, dependencies: readonly string[] = []) => ({
    name,
    dependencies,
    workingDirectory: `stacks/${name}`,
  });

  test("lists all stacks, or the named ones, with their folders", () => {
    write(JSON.stringify({ stacks: { b: stack("b", ["a"]), a: stack("a") }, version: "0.21.0" }));
    expect(stacksIn(folder, [])).toEqual([
      { name: "a", folder: path.join(folder, "stacks", "a"), dependencies: [] },
      { name: "b", folder: path.join(folder, "stacks", "b"), dependencies: ["a"] },
    ]);
    expect(stacksIn(folder, ["b"]).map(({ name }) => name)).toEqual(["b"]);
    expect(stacksIn(folder, ["*"]).map(({ name }) => name)).toEqual(["a", "b"]);
    expect(stacksIn(folder, ["a*"]).map(({ name }) => name)).toEqual(["a"]);
    expect(codeOf(() => stacksIn(folder, ["."]))).toContain("unknown-stack");
  });

  test("an unknown stack is an error that suggests the nearest name", () => {
    write(JSON.stringify({ stacks: { "main-website": stack("main-website") } }));
    expect(codeOf(() => stacksIn(folder, ["main-webiste"]))).toBe(
      'unknown-stack (2): did you mean "main-website"?',
    );
  });

  test.each(["", "{", "{}", '{"stacks":{"a":{}}}'])("%j is invalid", (text) => {
    write(text);
    expect(codeOf(() => stacksIn(folder, []))).toBe("not-synthesised (2): run `npm run synth` first");
  });

  test("a missing manifest is an error with a fix", () => {
    expect(codeOf(() => stacksIn(path.join(folder, "nowhere"), []))).toContain("run `npm run synth` first");
  });
});

describe("planning", () => {
  /** A Terraform that does what the folder's own script says; the true one's turn is in e2e. */
  const terraformSaying = (script: string) => {
    const program = path.join(folder, "terraform");
    writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return new Terraform(program, { PATH: process.env.PATH ?? "" });
  };
  let stacks: readonly SynthesisedStack[];
  beforeEach(() => {
    stacks = ["one", "two"].map((name) => ({ name, folder, dependencies: [] }));
    writeFileSync(path.join(folder, "cdk.tf.json"), "{}");
  });
  const settings = (script: string) => ({
    terraform: terraformSaying(script),
    folder: path.join(folder, "plans"),
    atOnce: 2,
    lock: false,
    onStack: <T>(_: string, task: () => Promise<T>) => task(),
  });

  test("a failed stack does not hide others, and both are in the report", async () => {
    const shown = plan([resource("aws_s3_bucket.a")]);
    const script = `case "$*" in *one.plan*) echo 'no @team rights' >&2; exit 1;; show*) echo '${shown}';; plan*) exit 2;; esac`;
    const planned = await planStacks(stacks, settings(script));
    expect(planned).toMatchObject([
      {
        plan: { review: { name: "one", failure: "terraform plan failed (exit code 1):\nno @team rights" } },
        reviewed: { outcome: "failed" },
      },
      { plan: { review: { name: "two" } }, reviewed: { outcome: "changes" } },
    ]);
    const report = printMarkdown(
      reviewOf(
        planned.map((one) => one.plan),
        {},
      ),
    );
    expect(report.split("\n")[0]).toBe("🟡 **1 of 2 stacks could not be planned**");
    // In a fence, where `@name` notifies no user.
    expect(report).toMatch(/```diff\n[^`]*no @team rights\n```/);
    expect(report).toContain("`aws_s3_bucket.a` will be updated in-place");
  });

  test.each([
    "Error: NoSuchBucket: x",
    'Error: Failed to get existing workspaces: S3 bucket "b" does not exist.',
  ])("the error for a missing state bucket says what to do: %s", async (said) => {
    const [first] = await planStacks(stacks, settings(`echo '${said}' >&2; exit 1`));
    expect(first?.plan.review.failure).toContain("npm run bootstrap");
  });

  test("with a plugin cache, stacks are initialised one at a time; otherwise at once", async () => {
    const log = path.join(folder, "log");
    const script = `case "$1" in init) echo begin >> ${log}; sleep 0.3; echo end >> ${log};; show) echo '${plan([])}';; esac`;
    const order = async (initsAlone: boolean) => {
      writeFileSync(log, "");
      await planStacks(stacks, { ...settings(script), initsAlone });
      return readFileSync(log, "utf8").trim().split("\n");
    };
    expect(await order(true)).toEqual(["begin", "end", "begin", "end"]);
    expect(await order(false)).toEqual(["begin", "begin", "end", "end"]);
  });

  test("planning without a lock passes -lock=false, and Terraform never prompts", async () => {
    const log = path.join(folder, "log");
    await planStacks(
      stacks.slice(0, 1),
      settings(`echo "$*" >> ${log}; case "$1" in show) echo '${plan([])}';; esac`),
    );
    const [init, planning, show] = readFileSync(log, "utf8").trim().split("\n");
    expect(init).toContain("-input=false");
    expect(planning).toMatch(/^plan -input=false .*-lock=false -out=.*plans\/one\.plan$/);
    expect(show).toMatch(/^show -json .*one\.plan$/);
  });
});
