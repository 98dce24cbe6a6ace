import { appendFile, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { unescapeReferences } from "../../../lib/circleci/escape-references";
import { type RunResult, run } from "../../../lib/process/run";
import type { RunnableJob, Step } from "./read-config";

export interface JobSurroundings {
  /** A folder for this job alone. */
  readonly folder: string;
  /** What `git clone` takes, and the commit that is checked out. */
  readonly repository: string;
  readonly commit: string;
  /**
   * What every program of the job gets: the sandbox's endpoint, CircleCI's variables and tokens,
   * and no credentials.
   */
  readonly env: NodeJS.ProcessEnv;
}

export interface JobResult {
  readonly status: "success" | "failed";
  /** The step that failed. */
  readonly failedStep?: string;
  /** The last that the failed step said, in AWS's words where it was AWS. */
  readonly message?: string;
  /** The ARN of the role that was asked for, and of the session if there came to be one. */
  readonly roleArn?: string;
  readonly sessionArn?: string;
}

const assumedSchema = z.object({
  Credentials: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() }),
  AssumedRoleUser: z.object({ Arn: z.string() }),
});

/** Runs a job's steps as CircleCI does, one after the other, up to the first that fails. */
export async function runJob(job: RunnableJob, surroundings: JobSurroundings): Promise<JobResult> {
  await mkdir(surroundings.folder, { recursive: true });
  const home = await mkdtemp(path.join(surroundings.folder, "home-"));
  const checkout = path.join(surroundings.folder, "project");
  const bashEnv = path.join(home, "bash.env");
  await Promise.all([writeFile(bashEnv, ""), mkdir(checkout, { recursive: true })]);
  const env = { ...surroundings.env, HOME: home, BASH_ENV: bashEnv };
  let known: Pick<JobResult, "roleArn" | "sessionArn"> = {};
  for (const step of job.steps) {
    const place = { env, checkout, bashEnv, surroundings };
    const { ended, ...more } = await runStep(step, place);
    known = { ...known, ...more };
    if (ended.exitCode === 0) continue;
    return { status: "failed", failedStep: nameOf(step), message: lastWords(ended), ...known };
  }
  return { status: "success", ...known };
}

interface Place {
  readonly env: NodeJS.ProcessEnv;
  readonly checkout: string;
  readonly bashEnv: string;
  readonly surroundings: JobSurroundings;
}

interface StepResult extends Pick<JobResult, "roleArn" | "sessionArn"> {
  readonly ended: RunResult;
}

async function runStep(step: Step, place: Place): Promise<StepResult> {
  const { env, checkout, surroundings } = place;
  if (step === "checkout") {
    const { repository, commit } = surroundings;
    const cloned = await run("git", ["clone", "-q", "--no-checkout", repository, checkout], { env });
    if (cloned.exitCode !== 0) return { ended: cloned };
    return { ended: await run("git", ["-C", checkout, "checkout", "-q", commit], { env }) };
  }
  if ("run" in step) return { ended: await bash(unescapeReferences(step.run.command), place) };
  return setUpAws(step["aws-cli/setup"], place);
}

function bash(command: string, { env, checkout, bashEnv }: Place): Promise<RunResult> {
  // Bash reads BASH_ENV by itself, but not when its input is a socket, as it is here.
  const whole = `. ${JSON.stringify(bashEnv)}\n${command}`;
  return run("bash", ["-eo", "pipefail", "-c", whole], { env, cwd: checkout });
}

/**
 * What the orb's `setup` does (circleci/aws-cli 5.4.1, `assume_role_with_web_identity.sh`):
 * variables in its parameters are replaced, the V2 token is exchanged, and the credentials are
 * exported for the steps that follow.
 */
async function setUpAws(
  parameters: {
    readonly role_arn: string;
    readonly role_session_name: string;
    readonly region: string;
    readonly session_duration?: string | undefined;
  },
  place: Place,
): Promise<StepResult> {
  const { role_arn: roleArn, region, session_duration: duration = "3600" } = parameters;
  const named = await bash(`printf '%s' "${parameters.role_session_name}"`, place);
  if (named.exitCode !== 0) return { ended: named, roleArn };
  const ended = await run(
    "aws",
    [
      ...["sts", "assume-role-with-web-identity", "--role-arn", roleArn, "--role-session-name", named.stdout],
      ...["--web-identity-token", place.env.CIRCLE_OIDC_TOKEN_V2 ?? ""],
      ...["--duration-seconds", duration, "--region", region, "--output", "json"],
    ],
    { env: place.env },
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
  await appendFile(place.bashEnv, lines.join(""));
  return { ended, roleArn, sessionArn: user.Arn };
}

function nameOf(step: Step): string {
  if (typeof step === "string") return step;
  return "run" in step ? unescapeReferences(step.run.name) : "aws-cli/setup";
}

function lastWords({ stdout, stderr }: RunResult): string {
  const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line.trim() !== "");
  return (
    lines.find((line) => line.includes("An error occurred")) ??
    lines.at(-1) ??
    "it said nothing"
  ).trim();
}
