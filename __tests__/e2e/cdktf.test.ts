import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { removeScratchFolders } from "../programs/support";
import { answered, CTRL_C } from "../start/deploy/on-terminal";
import { endRuns, interrupt, outputsOf, project, type Setting } from "./two-stacks";

afterAll(async () => {
  await endRuns();
  removeScratchFolders();
});

const CDKTF: Setting = { framework: "cdktf", installed: repositoryRoot, node: process.execPath };

// cdktf alone takes some four seconds a call.
jest.setTimeout(300_000);

describe("cdktf itself, from a path with spaces", () => {
  // Stacks that access.yaml does not declare need no credentials of its account.
  it("deploys the stacks", async () => {
    const { root, start } = await project(CDKTF);
    const run = start(["deploy", "--auto-approve", "--verbose", "one", "two"], {});
    expect({ exitCode: await run.ended, output: run.output() }).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/one\s+out = one[\s\S]*two\s+out = two/),
    });
    expect(existsSync(path.join(root, "terraform.one.tfstate"))).toBe(true);
    expect(existsSync(path.join(root, "terraform.two.tfstate"))).toBe(true);
  });

  it("interrupts Terraform once after a signal, and waits until it has finished", async () => {
    const waits = "waiting for Terraform to finish the current call";
    const tidy = { exitCode: 1, waits, befell: "started\nINT\nfinished\n" };
    expect(
      await Promise.all([
        interrupt(CDKTF, "SIGINT"),
        interrupt(CDKTF, "SIGTERM"),
        interrupt(CDKTF, "SIGHUP"),
      ]),
    ).toEqual([tidy, tidy, tidy]);
  });

  it("at a terminal, applies exactly the plans that it showed, and none whose state has changed since", async () => {
    const { root, onTerminal } = await project(CDKTF);
    const { exitCode, screen } = await onTerminal([answered("y")], ["deploy", "one", "two"], { RACE: "1" });
    expect(screen).toMatch(
      / {2}one: outputs only\n {2}two: outputs only\n[\s\S]*Deploy these changes\? \[y\/N\] y/,
    );
    expect(screen).toMatch(/Terraform failed in two[\s\S]*Saved plan is stale/);
    expect(exitCode).toBe(1);
    expect(await outputsOf(root, "one")).toEqual({ out: { value: "one", type: "string" } });
    expect(await outputsOf(root, "two")).toEqual({ out: { value: "other-two", type: "string" } });
  });

  it("at a terminal, waits for Terraform after Ctrl-C, and says so", async () => {
    const { log, onTerminal } = await project(CDKTF);
    const steps = [answered("y"), ["one planning", CTRL_C]] as const;
    const { exitCode, screen } = await onTerminal(steps, ["deploy", "one"], { SLOW: "1" });
    expect(screen).toContain("waiting for Terraform to finish the current call");
    expect({ exitCode, befell: await readFile(log, "utf8") }).toEqual({
      exitCode: 1,
      befell: "started\nINT\nfinished\n",
    });
  });

  it("shows all of Terraform's output, to the end", async () => {
    const { start } = await project(CDKTF);
    const run = start(["deploy", "--auto-approve", "one"], { LONG: "1" });
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain("line 20000 of");
    expect(run.output()).toContain("Error: at the very end");
  });

  it("is not started, and nothing is written, if the file is invalid or missing", async () => {
    const { root, start } = await project(CDKTF);
    const wrong = path.join(root, "wrong.yaml");
    await writeFile(wrong, "organisation: {}\n");
    const runs = [
      ...["synth", "diff", "deploy", "destroy"].map((command) =>
        start([command], { OIDC_ACCESS_FILE: wrong }),
      ),
      start(["synth"], { OIDC_ACCESS_FILE: path.join(root, "missing.yaml") }),
      start(["synth"], { OIDC_ACCESS_FILE: root }),
    ];
    expect(await Promise.all(runs.map(({ ended }) => ended))).toEqual(runs.map(() => 2));
    // Our own words and nothing of cdktf's around them.
    expect(runs[0]?.output()).toMatch(/^error\[.*did you mean "organization"/s);
    for (const run of runs) expect(run.output()).not.toMatch(/cdktf|\n {4}at /);
    expect(existsSync(path.join(root, "cdktf.out"))).toBe(false);
  });

  it("synthesizes without Terraform, and passes exit codes on", async () => {
    const sound = await project(CDKTF);
    const broken = await project(CDKTF);
    await writeFile(path.join(broken.root, "main.js"), "process.exit(7);");
    const noTerraform = { TERRAFORM_BINARY_NAME: "/nowhere/terraform" };
    const ended = [sound.start(["synth"], noTerraform).ended, broken.start(["synth"], noTerraform).ended];
    expect(await Promise.all(ended)).toEqual([0, 1]);
    expect(existsSync(path.join(sound.root, "cdktf.out", "stacks", "two", "cdk.tf.json"))).toBe(true);
  });
});
