import { existsSync } from "node:fs";
import { appendFile, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { type RunResult, run } from "../../../lib/process/run";
import { restoreCache, saveCache } from "./cache";
import type { JobWork } from "./expand/expand-job";
import type { Step } from "./read-step";
import { copyFiles } from "./workspace";

interface JobSettings {
  /** Working folder of this job. */
  readonly folder: string;
  /** Files that the workflow's jobs hand on, and those that this job stores. */
  readonly workspace: string;
  readonly artifacts: string;
  /** Caches that jobs save and restore. */
  readonly caches: string;
  /** Repository to clone, and commit to check out. */
  readonly repository: string;
  readonly commit: string;
  /**
   * Environment of the job: the endpoint of the sandbox, CircleCI's variables and tokens, and no
   * credentials.
   */
  readonly env: NodeJS.ProcessEnv;
}

export interface JobResult {
  readonly status: "success" | "failed";
  /** The job ended early, with `circleci-agent step halt`. */
  readonly halted?: true;
  /** Name of the failed step. */
  readonly failedStep?: string;
  /** Error message of the failed step. AWS's message, if AWS denied it. */
  readonly message?: string;
  /** ARN of the requested role, and of the session if the role was assumed. */
  readonly roleArn?: string;
  readonly sessionArn?: string;
}

const assumedSchema = z.object({
  Credentials: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() }),
  AssumedRoleUser: z.object({ Arn: z.string() }),
});

/**
 * Runs the steps of a job in order until one fails, as CircleCI does. Then only steps with `when:
 * always` or `on_fail` run. `circleci-agent step halt` ends the job as successful after its step.
 */
export async function runJob(job: JobWork, settings: JobSettings): Promise<JobResult> {
  await mkdir(settings.folder, { recursive: true });
  const home = await mkdtemp(path.join(settings.folder, "home-"));
  const checkout =
    job.folder === undefined ? path.join(settings.folder, "project") : path.join(home, job.folder);
  const bashEnv = path.join(home, "bash.env");
  await Promise.all([writeFile(bashEnv, ""), mkdir(checkout, { recursive: true })]);
  const agent = await installAgent(home);
  const env = {
    ...settings.env,
    ...job.environment,
    HOME: home,
    BASH_ENV: bashEnv,
    PATH: `${agent.folder}:${settings.env.PATH ?? ""}`,
  };
  const context = { env, checkout, bashEnv, settings };
  let known: Pick<JobResult, "roleArn" | "sessionArn"> = {};
  let failure: Pick<JobResult, "failedStep" | "message"> | undefined;
  for (const step of job.steps) {
    if (!isDue(step, failure !== undefined)) continue;
    const { ended, ...more } = await runStep(step, context);
    known = { ...known, ...more };
    if (ended.exitCode !== 0) failure ??= { failedStep: step.name, message: errorMessage(ended) };
    else if (existsSync(agent.halted) && failure === undefined)
      return { status: "success", halted: true, ...known };
  }
  return failure === undefined ? { status: "success", ...known } : { status: "failed", ...failure, ...known };
}

/**
 * CircleCI's program in a job, as far as it ends the job early (CircleCI docs, "Ending a job from
 * within a step").
 */
async function installAgent(home: string): Promise<{ readonly folder: string; readonly halted: string }> {
  const folder = path.join(home, "bin");
  const halted = path.join(home, "halted");
  await mkdir(folder);
  const script = `#!/bin/sh
[ "$*" = "step halt" ] || { echo "circleci-agent $*: not supported" >&2; exit 1; }
: > '${halted}'
`;
  await writeFile(path.join(folder, "circleci-agent"), script, { mode: 0o755 });
  return { folder, halted };
}

/** Whether a step runs after those before it (CircleCI docs, "Configuration reference", `when`). */
function isDue(step: Step, hasFailed: boolean): boolean {
  const when = step.kind === "run" || step.kind === "save_cache" ? (step.when ?? "on_success") : "on_success";
  return when === "always" || (when === "on_fail") === hasFailed;
}

/** One process of ours: each is a copy of this one at first, which may have hundreds of MB. */
const CHECK_OUT = 'git clone -q --no-checkout "$1" "$2" && exec git -C "$2" checkout -q "$3"';

interface StepContext {
  readonly env: NodeJS.ProcessEnv;
  readonly checkout: string;
  readonly bashEnv: string;
  readonly settings: JobSettings;
}

interface StepResult extends Pick<JobResult, "roleArn" | "sessionArn"> {
  readonly ended: RunResult;
}

async function runStep(step: Step, context: StepContext): Promise<StepResult> {
  const { env, checkout, settings } = context;
  switch (step.kind) {
    case "checkout": {
      const { repository, commit } = settings;
      const words = ["git", repository, checkout, commit];
      return { ended: await run("sh", ["-c", CHECK_OUT, ...words], { env }) };
    }
    case "run": {
      const within = {
        ...context,
        env: { ...env, ...step.environment },
        checkout: path.join(checkout, step.working_directory ?? "."),
      };
      return { ended: await bash(step.command, within) };
    }
    case "setup_remote_docker":
      return { ended: await bash("command -v docker", context) };
    case "setup":
      return setUpAws(step, context);
    case "save_cache":
      return { ended: await saveCache(step, { ...settings, checkout, env }) };
    case "restore_cache":
      return { ended: await restoreCache(step.keys, { ...settings, checkout, env }) };
    default:
      return { ended: await copyFiles(step, { ...settings, checkout }) };
  }
}

/** @param words what the command finds as `$0`, `$1` and so on */
function bash(
  command: string,
  { env, checkout, bashEnv }: StepContext,
  words: readonly string[] = [],
): Promise<RunResult> {
  // Bash does not read BASH_ENV when its standard input is a socket, as it is here.
  const whole = `. ${JSON.stringify(bashEnv)}\n${command}`;
  return run("bash", ["-eo", "pipefail", "-c", whole, ...words], { env, cwd: checkout });
}

/**
 * The orb's `setup` command (circleci/aws-cli 5.4.1, `assume_role_with_web_identity.sh`): expands
 * variables in its parameters, exchanges the V2 token, and exports the credentials for the
 * following steps.
 */
async function setUpAws(
  parameters: {
    readonly role_arn: string;
    readonly role_session_name: string;
    readonly region: string;
    readonly session_duration?: string | undefined;
  },
  context: StepContext,
): Promise<StepResult> {
  const { role_arn: roleArn, region, session_duration: duration = "3600" } = parameters;
  const ended = await bash(
    `exec aws sts assume-role-with-web-identity --role-session-name "${parameters.role_session_name}" "$@"`,
    context,
    [
      ...["aws", "--role-arn", roleArn, "--web-identity-token", context.env.CIRCLE_OIDC_TOKEN_V2 ?? ""],
      ...["--duration-seconds", duration, "--region", region, "--output", "json"],
    ],
  );
  if (ended.exitCode !== 0) return { ended, roleArn };
  const { Credentials: keys, AssumedRoleUser: user } = assumedSchema.parse(JSON.parse(ended.stdout));
  const exports = {
    AWS_ACCESS_KEY_ID: keys.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.SecretAccessKey,
    AWS_SESSION_TOKEN: keys.SessionToken,
    AWS_DEFAULT_REGION: region,
  };
  const lines = Object.entries(exports).map(([name, value]) => `export ${name}='${value}'\n`);
  await appendFile(context.bashEnv, lines.join(""));
  return { ended, roleArn, sessionArn: user.Arn };
}

/** Boxes that Terraform draws around its errors. */
const FRAME = /^[\s╷│╵]+/;

/**
 * The line of the output that says most: the error of the AWS CLI, that of Terraform, or the last.
 */
function errorMessage({ stdout, stderr }: RunResult): string {
  const lines = stripVTControlCharacters(`${stdout}\n${stderr}`)
    .split("\n")
    .map((line) => line.replace(FRAME, "").trim())
    .filter((line) => line !== "");
  const isError = (line: string): boolean => line.includes("An error occurred") || line.startsWith("Error: ");
  return lines.find(isError) ?? lines.at(-1) ?? "no output";
}
