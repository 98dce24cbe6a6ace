import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { repositoryRoot } from "../../lib/programs/cache";
import { findPrograms } from "../../lib/programs/find-program";
import { ownProgram } from "../../lib/programs/own-program";
import { removeScratchFolders, scratchFolder, writeProgram } from "../programs/support";
import { answered, CTRL_C, runOnTerminal, type Step } from "../start/deploy/on-terminal";

const started: Run[] = [];

// Asked to end, it takes Terraform with it; one that has ended does not mind.
afterAll(async () => {
  for (const { child } of started) child.kill("SIGTERM");
  await Promise.all(started.map(({ ended }) => ended));
  removeScratchFolders();
});

const TALK = path.join(repositoryRoot, "examples", "talk", "access.yaml");

const MAIN = `
const { App, TerraformOutput, TerraformStack } = require("cdktf");
const app = new App();
for (const name of ["one", "two"]) new TerraformOutput(new TerraformStack(app, name), "out", { value: name });
app.synth();
`;

/**
 * A project with two stacks without a provider, and a Terraform that writes down what befalls it.
 */
async function project() {
  const root = scratchFolder();
  await symlink(path.join(repositoryRoot, "node_modules"), path.join(root, "node_modules"));
  await writeFile(path.join(root, "main.js"), MAIN);
  const settings = {
    language: "typescript",
    app: "node main.js",
    projectId: "test",
    sendCrashReports: "false",
  };
  await writeFile(path.join(root, "cdktf.json"), JSON.stringify({ ...settings, output: "cdktf.out" }));
  const log = path.join(root, "log");
  const [terraform] = findPrograms(process.env.TERRAFORM_BINARY_NAME ?? "terraform", process.env);
  const slow = `trap 'echo INT >> "${log}"' INT; trap 'echo HUP >> "${log}"' HUP; echo started >> "${log}"
for step in 1 2 3 4 5 6 7 8; do sleep 0.3; echo busy; done; echo finished >> "${log}"; exit 1`;
  const long =
    'seq -f "line %.0f of a plan that is longer than anyone reads" 20000; echo "Error: at the very end"; exit 1';
  // What happens between the plan and its approval: the code of both stacks changes, and the second
  // one is deployed by another run.
  const race = `"${terraform}" "$@" || exit 1; sed -i 's/"value": "/"value": "other-/' cdk.tf.json
case "$PWD" in */two) "${terraform}" apply -auto-approve > other.log;; esac; exit`;
  const program = await writeProgram(
    path.join(root, "terraform"),
    `if [ "$RACE$1" = 1plan ]; then\n${race}\nfi\nif [ "$SLOW$1" = 1apply ]; then\n${slow}\nfi\nif [ "$LONG$1" = 1apply ]; then\n${long}\nfi\nexec "${terraform}" "$@"`,
  );
  const env = { ...process.env, TERRAFORM_BINARY_NAME: program, OIDC_ACCESS_FILE: TALK };
  const onTerminal = (steps: readonly Step[], args: readonly string[], more: NodeJS.ProcessEnv) =>
    runOnTerminal(steps, [...ownProgram("cli/oidc.ts"), ...args], { env: { ...env, ...more }, cwd: root });
  const start = (args: readonly string[], more: NodeJS.ProcessEnv): Run => {
    const [node, ...first] = ownProgram("cli/oidc.ts");
    const child = spawn(node, [...first, ...args], {
      cwd: root,
      env: { ...env, ...more },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    const ended = new Promise<number | null>((resolve) => child.on("close", (exitCode) => resolve(exitCode)));
    const run = { child, ended, output: () => output };
    started.push(run);
    return run;
  };
  return { root, log, start, onTerminal };
}

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly output: () => string;
}

// cdktf alone takes some four seconds a call.
jest.setTimeout(300_000);

async function interrupt(signal: NodeJS.Signals) {
  const { log, start } = await project();
  const run = start(["deploy", "--auto-approve", "one"], { SLOW: "1" });
  while (!existsSync(log)) {
    if (run.child.exitCode !== null) throw new Error(run.output());
    await sleep(50);
  }
  run.child.kill(signal);
  // As npm does, which passes on what the terminal has sent already.
  run.child.kill(signal);
  const exitCode = await run.ended;
  const [waits] = run.output().match(/waiting for Terraform to finish the current call/g) ?? [];
  return { exitCode, waits, befell: await readFile(log, "utf8") };
}

/** The outputs in the state of a stack. */
async function outputsOf(root: string, stack: string): Promise<unknown> {
  const state: { readonly outputs: unknown } = JSON.parse(
    await readFile(path.join(root, `terraform.${stack}.tfstate`), "utf8"),
  );
  return state.outputs;
}

describe("cdktf itself, from a path with spaces", () => {
  // Stacks that access.yaml does not declare need no credentials of its account.
  it("deploys the stacks", async () => {
    const { root, start } = await project();
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
    expect(await Promise.all([interrupt("SIGINT"), interrupt("SIGTERM"), interrupt("SIGHUP")])).toEqual([
      tidy,
      tidy,
      tidy,
    ]);
  });

  it("at a terminal, applies exactly the plans that it showed, and none whose state has changed since", async () => {
    const { root, onTerminal } = await project();
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
    const { log, onTerminal } = await project();
    const steps = [answered("y"), ["one planning", CTRL_C]] as const;
    const { exitCode, screen } = await onTerminal(steps, ["deploy", "one"], { SLOW: "1" });
    expect(screen).toContain("waiting for Terraform to finish the current call");
    expect({ exitCode, befell: await readFile(log, "utf8") }).toEqual({
      exitCode: 1,
      befell: "started\nINT\nfinished\n",
    });
  });

  it("shows all of Terraform's output, to the end", async () => {
    const { start } = await project();
    const run = start(["deploy", "--auto-approve", "one"], { LONG: "1" });
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain("line 20000 of");
    expect(run.output()).toContain("Error: at the very end");
  });

  it("is not started, and nothing is written, if the file is invalid or missing", async () => {
    const { root, start } = await project();
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
    const sound = await project();
    const broken = await project();
    await writeFile(path.join(broken.root, "main.js"), "process.exit(7);");
    const noTerraform = { TERRAFORM_BINARY_NAME: "/nowhere/terraform" };
    const ended = [sound.start(["synth"], noTerraform).ended, broken.start(["synth"], noTerraform).ended];
    expect(await Promise.all(ended)).toEqual([0, 1]);
    expect(existsSync(path.join(sound.root, "cdktf.out", "stacks", "two", "cdk.tf.json"))).toBe(true);
  });
});
