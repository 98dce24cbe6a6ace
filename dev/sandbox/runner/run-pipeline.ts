import path from "node:path";
import { V1_TOKEN, V2_TOKEN } from "../../../lib/token/claims";
import type { TokenRequest } from "../circleci/token-request";
import { runsOn } from "./pipeline-values";
import { type RunnableJob, readRunnable } from "./read-config";
import { type JobResult, runJob } from "./run-job";

/** Somebody pushes, and a pipeline starts. */
export interface Push {
  /** Who, as CircleCI calls them in `CIRCLE_USERNAME`. */
  readonly username: string;
  /** What the token says of the job, its version aside. */
  readonly token: Omit<TokenRequest, "version">;
  /** Where the code is fetched from. */
  readonly repository: string;
  readonly commit: string;
  readonly branch?: string;
  readonly tag?: string;
  /** The number of a fork's pull request. */
  readonly pullRequest?: number;
}

export interface RunnerSettings {
  /** The config as text: the runner reads what CircleCI would. */
  readonly config: string;
  /** A folder for all of it. */
  readonly folder: string;
  /** For every program of every job: the sandbox's endpoint, and no credentials of anybody. */
  readonly env: NodeJS.ProcessEnv;
  readonly mint: (request: TokenRequest) => Promise<string>;
}

export interface PipelineJob {
  readonly name: string;
  /** `filtered`: its filter does not hold. `not-run`: a job that it requires did not succeed. */
  readonly status: JobResult["status"] | "filtered" | "not-run";
  readonly result?: JobResult;
  /** What it had in `CIRCLE_OIDC_TOKEN_V2`; undefined for a job that did not run. */
  readonly token?: string;
}

/**
 * Runs the jobs of a config for one push, as CircleCI does: those whose filter holds, each after
 * those that it requires have succeeded.
 * @throws ProjectError `config-not-run`, `filter-not-understood`
 */
export async function runPipeline(push: Push, settings: RunnerSettings): Promise<readonly PipelineJob[]> {
  const done: PipelineJob[] = [];
  const values = { branch: push.branch ?? "", tag: push.tag ?? "" };
  for (const job of readRunnable(settings.config)) {
    const before = job.requires.map((name) => done.find((one) => one.name === name)?.status);
    if (!runsOn(job.filter, values)) done.push({ name: job.name, status: "filtered" });
    else if (before.some((status) => status !== "success")) done.push({ name: job.name, status: "not-run" });
    else {
      done.push(await runOne(job, push, settings, done.length + 1));
    }
  }
  return done;
}

async function runOne(
  job: RunnableJob,
  push: Push,
  settings: RunnerSettings,
  number: number,
): Promise<PipelineJob> {
  const { repository, commit } = push;
  const token = await settings.mint({ ...push.token, version: 2 });
  const env = { ...settings.env, ...(await variablesOf(job, push, settings, number)), [V2_TOKEN]: token };
  const folder = path.join(settings.folder, job.name);
  const result = await runJob(job, { folder, repository, commit, env });
  return { name: job.name, status: result.status, result, token };
}

/**
 * CircleCI docs, "Built-in environment variables", as far as generated jobs and the orb look at
 * them.
 */
async function variablesOf(
  { name }: RunnableJob,
  push: Push,
  { mint }: RunnerSettings,
  number: number,
): Promise<NodeJS.ProcessEnv> {
  const { username, token, branch, tag, pullRequest } = push;
  return {
    CI: "true",
    CIRCLECI: "true",
    CIRCLE_JOB: name,
    CIRCLE_BUILD_NUM: String(number),
    CIRCLE_USERNAME: username,
    CIRCLE_SHA1: push.commit,
    CIRCLE_ORGANIZATION_ID: token.organization,
    [V1_TOKEN]: await mint({ ...token, version: 1 }),
    ...(branch === undefined ? {} : { CIRCLE_BRANCH: branch }),
    ...(tag === undefined ? {} : { CIRCLE_TAG: tag }),
    ...(pullRequest === undefined ? {} : { CIRCLE_PR_NUMBER: String(pullRequest) }),
  };
}
