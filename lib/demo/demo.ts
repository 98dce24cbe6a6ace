import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Access } from "../access/model";
import { ProjectError } from "../errors";
import { insideSandbox } from "../sandbox/environment";
import type { Sandbox } from "../sandbox/sandbox";
import { cdktfCommand } from "../terraform/cdktf";
import { cdktfArguments } from "../terraform/cdktf-arguments";
import { Terraform } from "../terraform/terraform";
import { repositoryRoot } from "../tools/cache";
import type { Tools } from "../tools/prepare";
import type { Progress } from "../tools/progress";
import { checkClaims } from "./check-claims";
import { readBack } from "./read-back";
import { printReplayed } from "./replay/print";
import { replayTalk } from "./replay/talk";
import { runStep, type StepContext } from "./run-step";
import { describeAccount } from "./tables";

export interface DemoContext {
  readonly access: Access;
  readonly accessFile: string;
  readonly sandbox: Sandbox;
  readonly tools: Tools;
  readonly progress: Progress;
  /** A folder of the demo's own: emptied at the start, left afterwards for a look. */
  readonly folder: string;
}

/**
 * Bootstraps, deploys with the true cdktf, plans again, reads back what exists, and lets people push: the generated pipelines run, and
 * AWS decides.
 * @returns what to print
 * @throws ProjectError `demo-step-failed`, `demo-plan-has-changes`, `demo-claim-fails`, `demo-differs`
 */
export async function demo(context: DemoContext): Promise<string> {
  const { access, progress, folder, tools } = context;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const log = path.join(folder, "demo.log");
  await writeFile(log, "");
  const env: NodeJS.ProcessEnv = {
    ...insideSandbox(context.sandbox.environment),
    ...tools.environment,
    CI: "1",
    OIDC_ACCESS_FILE: context.accessFile,
  };
  const step: StepContext = { cwd: repositoryRoot, env, log };
  const output = path.join(folder, "cdktf.out");

  for (const { key } of access.accounts) {
    await progress.step(`npm run bootstrap -- --account ${key}`, () =>
      runStep([...ourCommand("bootstrap"), "--account", key, "--yes", "--output", output], step),
    );
  }
  await progress.step("cdktf deploy, all stacks", (report) => deploy(output, step, report));
  await progress.step("terraform plan, every stack again: no changes", () => planAgain(output, tools, env));
  const existing = await progress.step("read back what exists", () => readAndCheck(context));
  const { sandbox } = context;
  const jobs = { access, sandbox, progress, folder: path.join(folder, "runs") };
  const replayed = await replayTalk({ ...jobs, env: { ...process.env, ...tools.environment } });
  return `${existing}\n\n${printReplayed(replayed)}`;
}

/** A command of this project, as npm would start it. */
function ourCommand(name: string): readonly [string, ...string[]] {
  const tsx = pathToFileURL(require.resolve("tsx")).href;
  return [process.execPath, "--import", tsx, path.join(repositoryRoot, "cli", `${name}.ts`)];
}

async function deploy(output: string, step: StepContext, report: (detail: string) => void): Promise<void> {
  const [program, ...first] = cdktfCommand();
  const args = cdktfArguments("deploy", ["--auto-approve", "--output", output]);
  const printed = await runStep([program, ...first, ...args], step);
  const added = [...printed.matchAll(/Resources: (\d+) added/g)].map(([, count]) => Number(count));
  report(`${added.reduce((sum, count) => sum + count, 0)} resources added`);
}

async function planAgain(output: string, tools: Tools, env: NodeJS.ProcessEnv): Promise<void> {
  const terraform = new Terraform(tools.terraform, env);
  const stacks = path.join(output, "stacks");
  const names = (await readdir(stacks)).sort();
  const plans = await Promise.all(names.map((name) => terraform.plan(path.join(stacks, name))));
  const changed = names.filter((_, index) => plans[index] !== "no-changes");
  if (changed.length === 0) return;
  throw new ProjectError({
    code: "demo-plan-has-changes",
    message: `a second plan has changes in: ${changed.join(", ")}`,
    found: changed.join(", "),
  });
}

async function readAndCheck({ access, sandbox }: DemoContext): Promise<string> {
  const { environment, endpoint } = sandbox;
  const live = await readBack({
    endpoint,
    region: environment.AWS_REGION ?? "",
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? "",
    },
  });
  const wrong = checkClaims(access, live);
  if (wrong.length > 0) {
    throw new ProjectError({
      code: "demo-claim-fails",
      message: `what exists is not what access.yaml says:\n  ${wrong.join("\n  ")}`,
      found: wrong.join("; "),
    });
  }
  return describeAccount(access, live);
}
