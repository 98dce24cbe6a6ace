import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { createIamClient, createS3Client } from "../../../lib/aws/clients";
import { oidc } from "../../../lib/command-name";
import { ProjectError } from "../../../lib/errors";
import { repositoryRoot } from "../../../lib/programs/cache";
import { ownProgram } from "../../../lib/programs/own-program";
import type { Progress } from "../../../lib/programs/progress";
import { cdktfCommand } from "../../../lib/terraform/cdktf";
import { cdktfArguments } from "../../../lib/terraform/cdktf-arguments";
import type { Tools } from "../../../lib/terraform/prepare";
import { insideSandbox } from "../../sandbox/environment/environment";
import type { Sandbox } from "../../sandbox/sandbox";
import { runStep, type StepContext } from "../run-step";
import { snapshot } from "./snapshot";

interface AdoptDemoContext {
  readonly sandbox: Sandbox;
  readonly tools: Tools;
  readonly progress: Progress;
  /** The demo's own folder: emptied at the start, kept afterwards. */
  readonly folder: string;
  /** Receives each part of the output. */
  readonly say: (text: string) => void;
}

/** Buckets of the account that examples/adopt/account.sh creates. */
export const ADOPTED_BUCKETS = ["acme-hardened", "acme-odd", "acme-plain"];

/**
 * Adopts an account that was set up by hand: its resources are listed, read, imported by the real
 * cdktf CLI, and are unchanged afterwards.
 * @throws ProjectError `demo-step-failed`, `demo-adopt-changed`
 */
export async function demoAdopt({ sandbox, tools, progress, folder, say }: AdoptDemoContext): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const log = path.join(folder, "demo.log");
  await writeFile(log, "");
  const example = path.join(repositoryRoot, "examples", "adopt");
  const accessFile = path.join(folder, "access.yaml");
  await copyFile(path.join(example, "access.yaml"), accessFile);
  const output = path.join(folder, "cdktf.out");
  const env: NodeJS.ProcessEnv = {
    ...insideSandbox(sandbox.environment),
    ...tools.environment,
    CI: "1",
    OIDC_ACCESS_FILE: accessFile,
    CDKTF_OUTDIR: output,
  };
  const step: StepContext = { cwd: repositoryRoot, env, log };
  const adopt = (...args: readonly string[]): Promise<string> =>
    runStep([...ownProgram("cli/oidc.ts"), "adopt", "--output", output, ...args], step);
  const clients = clientsOf(sandbox);
  try {
    await progress.step("set up an account by hand, with the AWS CLI", () =>
      runStep(["bash", path.join(example, "account.sh")], step),
    );
    await progress.step(oidc("bootstrap"), () =>
      runStep([...ownProgram("cli/oidc.ts"), "bootstrap", "--yes", "--output", output], step),
    );
    const before = await snapshot(clients, ADOPTED_BUCKETS);
    const found = ["--bucket", "acme-odd", "--project", "shared"];
    say(await progress.step("oidc adopt --dry-run: show the changes", () => adopt("--dry-run", ...found)));
    say(lastLines(await progress.step("oidc adopt: write the files, and plan", () => adopt(...found)), 2));
    await progress.step("cdktf deploy, all stacks", async (report) => report(await deploy(output, step)));
    say(await progress.step("oidc adopt --done: remove the imports", () => adopt("--done")));
    await progress.step("compare the account with its earlier state", async () => {
      if (!isDeepStrictEqual(await snapshot(clients, ADOPTED_BUCKETS), before)) throw changed(log);
    });
  } finally {
    clients.iam.destroy();
    clients.s3.destroy();
  }
}

async function deploy(output: string, step: StepContext): Promise<string> {
  const [program, ...first] = cdktfCommand();
  const printed = await runStep(
    [program, ...first, ...cdktfArguments("deploy", ["--auto-approve", "--output", output])],
    step,
  );
  const counted = [
    ...printed.matchAll(/Resources: (\d+) imported, (\d+) added, (\d+) changed, (\d+) destroyed/g),
  ];
  const sums = [1, 2, 3, 4].map((at) => counted.reduce((sum, found) => sum + Number(found[at]), 0));
  return `${sums[0]} imported, ${sums[1]} added, ${sums[2]} changed, ${sums[3]} destroyed`;
}

function clientsOf({ endpoint, environment }: Sandbox) {
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = environment;
  const settings = {
    endpoint,
    region: environment.AWS_REGION ?? "",
    credentials: { accessKeyId, secretAccessKey },
  };
  return { iam: createIamClient(settings), s3: createS3Client(settings) };
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}

function changed(log: string): ProjectError {
  return new ProjectError({
    code: "demo-adopt-changed",
    message: "adopting changed the account",
    found: log,
    fix: "this is a bug in cdktf-circleci-oidc: report it",
  });
}
