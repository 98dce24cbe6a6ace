import { appendFile, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { unescapeReferences } from "../../../lib/circleci/escape-references";
import { type RunResult, run } from "../../../lib/process/run";
import type { RunnableJob, Step } from "./read-config";

export interface JobSettings {
  /** Working folder of this job. */
  readonly folder: string;
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

/** Runs the steps of a job in order until one fails, as CircleCI does. */
export async function runJob(job: RunnableJob, settings: JobSettings): Promise<JobResult> {
  await mkdir(settings.folder, { recursive: true });
  const home = await mkdtemp(path.join(settings.folder, "home-"));
  const checkout = path.join(settings.folder, "project");
  const bashEnv = path.join(home, "bash.env");
  await Promise.all([writeFile(bashEnv, ""), mkdir(checkout, { recursive: true })]);
  const env = { ...settings.env, HOME: home, BASH_ENV: bashEnv };
  let known: Pick<JobResult, "roleArn" | "sessionArn"> = {};
  for (const step of job.steps) {
    const context = { env, checkout, bashEnv, settings };
    const { ended, ...more } = await runStep(step, context);
    known = { ...known, ...more };
    if (ended.exitCode === 0) continue;
    return { status: "failed", failedStep: nameOf(step), message: errorMessage(ended), ...known };
  }
  return { status: "success", ...known };
}

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
  if (step === "checkout") {
    const { repository, commit } = settings;
    const cloned = await run("git", ["clone", "-q", "--no-checkout", repository, checkout], { env });
    if (cloned.exitCode !== 0) return { ended: cloned };
    return { ended: await run("git", ["-C", checkout, "checkout", "-q", commit], { env }) };
  }
  if ("run" in step) return { ended: await bash(unescapeReferences(step.run.command), context) };
  return setUpAws(step["aws-cli/setup"], context);
}

function bash(command: string, { env, checkout, bashEnv }: StepContext): Promise<RunResult> {
  // Bash does not read BASH_ENV when its standard input is a socket, as it is here.
  const whole = `. ${JSON.stringify(bashEnv)}\n${command}`;
  return run("bash", ["-eo", "pipefail", "-c", whole], { env, cwd: checkout });
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
  const named = await bash(`printf '%s' "${parameters.role_session_name}"`, context);
  if (named.exitCode !== 0) return { ended: named, roleArn };
  const ended = await run(
    "aws",
    [
      ...["sts", "assume-role-with-web-identity", "--role-arn", roleArn, "--role-session-name", named.stdout],
      ...["--web-identity-token", context.env.CIRCLE_OIDC_TOKEN_V2 ?? ""],
      ...["--duration-seconds", duration, "--region", region, "--output", "json"],
    ],
    { env: context.env },
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

function nameOf(step: Step): string {
  if (typeof step === "string") return step;
  return "run" in step ? unescapeReferences(step.run.name) : "aws-cli/setup";
}

function errorMessage({ stdout, stderr }: RunResult): string {
  const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => line.includes("An error occurred")) ?? lines.at(-1) ?? "no output").trim();
}
