import path from "node:path";
import { V1_TOKEN, V2_TOKEN } from "../../../lib/token/claims";
import type { TokenRequest } from "../circleci/token-request";
import { runsOn } from "./pipeline-values";
import { type RunnableJob, readRunnable } from "./read-config";
import { type JobResult, runJob } from "./run-job";

/** A push that starts a pipeline. */
export interface Push {
  /** The author of the push: `CIRCLE_USERNAME`. */
  readonly username: string;
  /** Claims of the job's tokens, without the version. */
  readonly token: Omit<TokenRequest, "version">;
  /** Repository to clone. */
  readonly repository: string;
  readonly commit: string;
  readonly branch?: string;
  readonly tag?: string;
  /** Number of a pull request from a fork. */
  readonly pullRequest?: number;
}

export interface RunnerSettings {
  /** Text of `.circleci/config.yml`. */
  readonly config: string;
  /** Working folder. */
  readonly folder: string;
  /** Environment of all jobs: the endpoint of the sandbox, and no credentials. */
  readonly env: NodeJS.ProcessEnv;
  readonly mint: (request: TokenRequest) => Promise<string>;
}

export interface PipelineJob {
  readonly name: string;
  /** `filtered`: the filter does not match. `not-run`: a required job did not succeed. */
  readonly status: JobResult["status"] | "filtered" | "not-run";
  readonly result?: JobResult;
  /** Value of `CIRCLE_OIDC_TOKEN_V2`. Undefined: the job did not run. */
  readonly token?: string;
}

/**
 * Runs the jobs of a config for one push as CircleCI does: each job whose filter matches, after the
 * jobs that it requires.
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

/** CircleCI docs, "Built-in environment variables": those that generated jobs and the orb use. */
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
