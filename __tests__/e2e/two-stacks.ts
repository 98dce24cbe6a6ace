import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { repositoryRoot } from "../../lib/programs/cache";
import { findPrograms } from "../../lib/programs/find-program";
import { ownProgram } from "../../lib/programs/own-program";
import { scratchFolder, writeProgram } from "../programs/support";
import { runOnTerminal, type Step } from "../start/deploy/on-terminal";

const TALK = path.join(repositoryRoot, "examples", "talk", "access.yaml");

const MAIN = `
const { App, TerraformOutput, TerraformStack } = require("FRAMEWORK");
const app = new App();
for (const name of ["one", "two"]) new TerraformOutput(new TerraformStack(app, name), "out", { value: name });
app.synth();
`;

/** What declares the stacks, and what runs its CLI. */
export interface Setting {
  readonly framework: "cdktf" | "cdktn";
  /** The folder in whose `node_modules` it is. */
  readonly installed: string;
  /** Path of Node. */
  readonly node: string;
}

export interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly output: () => string;
}

const started: Run[] = [];

/** Asked to end, a run takes Terraform with it; one that has ended does not mind. */
export async function endRuns(): Promise<void> {
  for (const { child } of started) child.kill("SIGTERM");
  await Promise.all(started.map(({ ended }) => ended));
}

/**
 * A project with two stacks without a provider, and a Terraform that writes down what befalls it.
 */
export async function project({ framework, installed, node }: Setting) {
  const root = scratchFolder();
  await symlink(path.join(installed, "node_modules"), path.join(root, "node_modules"));
  await writeFile(path.join(root, "main.js"), MAIN.replace("FRAMEWORK", framework));
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
  const env = {
    ...process.env,
    // The CLI starts `app`, and asks which Node there is.
    PATH: [path.dirname(node), process.env.PATH ?? ""].join(path.delimiter),
    TERRAFORM_BINARY_NAME: program,
    OIDC_ACCESS_FILE: TALK,
  };
  const [, ...oidc] = ownProgram("cli/oidc.ts");
  const onTerminal = (steps: readonly Step[], args: readonly string[], more: NodeJS.ProcessEnv) =>
    runOnTerminal(steps, [node, ...oidc, ...args], { env: { ...env, ...more }, cwd: root });
  const start = (args: readonly string[], more: NodeJS.ProcessEnv): Run => {
    const child = spawn(node, [...oidc, ...args], {
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

/** What a signal does to a deploy in the middle of Terraform's apply. */
export async function interrupt(setting: Setting, signal: NodeJS.Signals) {
  const { log, start } = await project(setting);
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
export async function outputsOf(root: string, stack: string): Promise<unknown> {
  const state: { readonly outputs: unknown } = JSON.parse(
    await readFile(path.join(root, `terraform.${stack}.tfstate`), "utf8"),
  );
  return state.outputs;
}
