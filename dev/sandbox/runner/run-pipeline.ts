import path from "node:path";
import { V1_TOKEN, V2_TOKEN } from "../../../lib/token/claims";
import type { TokenRequest } from "../circleci/token-request";
import type { PackedOrbs } from "./expand/namespace";
import { runsOn } from "./pipeline-values";
import { type RunnableJob, type RunnableWorkflow, readRunnable } from "./read-config";
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
  /** Number of the pipeline. Default: 1. */
  readonly number?: number;
  /** Number of a pull request from a fork. */
  readonly pullRequest?: number;
  /** Pipeline parameters. Default: those of the config. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export interface RunnerSettings {
  /** Text of `.circleci/config.yml`. */
  readonly config: string;
  /** Working folder. */
  readonly folder: string;
  /** Environment of all jobs: the endpoint of the sandbox, and no credentials. */
  readonly env: NodeJS.ProcessEnv;
  /**
   * Caches of the project, which later pipelines can restore. Default: those of this pipeline
   * alone.
   */
  readonly caches?: string;
  readonly mint: (request: TokenRequest) => Promise<string>;
  /**
   * Orbs that the config may refer to. Default: only inline ones, and the one that assumes roles.
   */
  readonly orbs?: PackedOrbs;
  /** Whether an approval is given. Default: each is. */
  readonly approve?: (name: string) => boolean;
}

export interface PipelineJob {
  readonly workflow: string;
  readonly name: string;
  /**
   * `filtered`: the filter does not match. `not-run`: a required job did not succeed. `approved`
   * and `on-hold`: an approval.
   */
  readonly status: JobResult["status"] | "filtered" | "not-run" | "approved" | "on-hold";
  readonly result?: JobResult;
  /** Value of `CIRCLE_OIDC_TOKEN_V2`. Undefined: the job did not run. */
  readonly token?: string;
}

/**
 * Runs the jobs of a config for one push as CircleCI does: in each workflow whose condition holds,
 * each job whose filter matches, after the jobs that it requires. A job on several nodes succeeds
 * if it does on each.
 * @throws ProjectError `config-not-run`, `filter-not-understood`
 */
export async function runPipeline(push: Push, settings: RunnerSettings): Promise<readonly PipelineJob[]> {
  const all: PipelineJob[] = [];
  const { branch = "", tag = "", commit: revision, repository, number = 1, parameters = {} } = push;
  const source = { branch, tag, revision, repository, number, parameters };
  for (const workflow of readRunnable(settings.config, source, settings.orbs))
    all.push(...(await runWorkflow(workflow, push, settings, all.length)));
  return all;
}

async function runWorkflow(
  { name: workflow, jobs }: RunnableWorkflow,
  push: Push,
  settings: RunnerSettings,
  before: number,
): Promise<readonly PipelineJob[]> {
  const { approve = () => true } = settings;
  const done: PipelineJob[] = [];
  const values = { branch: push.branch ?? "", tag: push.tag ?? "" };
  const isAfter = ([name, statuses]: readonly [string, readonly string[]]): boolean => {
    const status = done.find((one) => one.name === name)?.status;
    return status !== undefined && statuses.includes(status === "approved" ? "success" : status);
  };
  for (const job of jobs) {
    const { name } = job;
    if (!runsOn(job.filters, values)) done.push({ workflow, name, status: "filtered" });
    else if (![...job.requires].every(isAfter)) done.push({ workflow, name, status: "not-run" });
    else if (job.kind === "job") done.push(await runOne(job, push, settings, before + done.length + 1));
    else done.push({ workflow, name, status: approve(name) ? "approved" : "on-hold" });
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
  const variables = await variablesOf(job, push, settings, number);
  const { workflow, name, parallelism } = job;
  const within = path.join(settings.folder, encodeURIComponent(workflow));
  const folder = path.join(within, "jobs", encodeURIComponent(name));
  const workspace = path.join(within, "workspace");
  const nodes: JobResult[] = [];
  // CircleCI runs them at the same time. One after the other needs less of this machine.
  for (let index = 0; index < parallelism; index += 1) {
    const own = index === 0 ? folder : path.join(folder, `node-${index}`);
    const node = { CIRCLE_NODE_INDEX: String(index), CIRCLE_NODE_TOTAL: String(parallelism) };
    const env = { ...settings.env, ...variables, ...node, [V2_TOKEN]: token };
    const artifacts = path.join(own, "artifacts");
    const { caches = path.join(settings.folder, "caches") } = settings;
    nodes.push(await runJob(job, { folder: own, workspace, artifacts, caches, repository, commit, env }));
  }
  const result = nodes.find(({ status }) => status === "failed") ?? nodes[0];
  if (result === undefined) throw new Error(`the job ${name} has no nodes`);
  return { workflow, name, status: result.status, result, token };
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
    CIRCLE_PROJECT_ID: token.project,
    [V1_TOKEN]: await mint({ ...token, version: 1 }),
    ...(branch === undefined ? {} : { CIRCLE_BRANCH: branch }),
    ...(tag === undefined ? {} : { CIRCLE_TAG: tag }),
    ...(pullRequest === undefined ? {} : { CIRCLE_PR_NUMBER: String(pullRequest) }),
  };
}
