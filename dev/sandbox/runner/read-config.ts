import { parse } from "yaml";
import { z } from "zod";
import { isUsableOrb } from "../../../lib/circleci/job/orb";
import { PARSING } from "../../../lib/circleci/read-config";
import {
  type Config,
  configSchema,
  type StartConfig,
  startSchema,
  type WorkflowConfig,
} from "./config-schema";
import { notRun } from "./not-run";
import { type Condition, readCondition } from "./pipeline-values";
import { readStep, type Step } from "./read-step";

/** A status of a required job after which a job runs. */
export type RequiredStatus = "success" | "failed";

interface Element {
  readonly workflow: string;
  readonly name: string;
  /** Statuses that each required job may have. */
  readonly requires: ReadonlyMap<string, readonly RequiredStatus[]>;
  readonly filters: unknown;
}

/** A job with its requirements and its filters. */
export interface RunnableJob extends Element {
  readonly kind: "job";
  readonly steps: readonly Step[];
  readonly environment: Readonly<Record<string, string>>;
}

interface Approval extends Element {
  readonly kind: "approval";
}

export interface RunnableWorkflow {
  readonly name: string;
  readonly conditions: readonly Condition[];
  /** In an order in which each comes after those that it requires. */
  readonly jobs: readonly (RunnableJob | Approval)[];
}

/**
 * The workflows of a config that a push starts, in order: all except those with a schedule.
 * @throws ProjectError `config-not-run` for anything that the runner does not support
 */
export function readRunnable(text: string): readonly RunnableWorkflow[] {
  const read = configSchema.safeParse(parse(text, PARSING));
  if (!read.success) throw notRun(z.prettifyError(read.error));
  const config = read.data;
  const orbs = new Set(
    Object.entries(config.orbs ?? {}).flatMap(([name, orb]) => (isUsableOrb(orb) ? [name] : [])),
  );
  return Object.entries(config.workflows).flatMap(([name, workflow]) => {
    if (typeof workflow !== "object" || workflow.triggers !== undefined) return [];
    return [{ name, conditions: conditionsOf(workflow, config), jobs: jobsOf(name, workflow, config, orbs) }];
  });
}

function conditionsOf({ when, unless }: WorkflowConfig, config: Config): readonly Condition[] {
  const parameters = new Map(
    Object.entries(config.parameters ?? {}).map(([name, one]) => [name, one.default]),
  );
  return [
    ...(when === undefined ? [] : [readCondition(when, true, parameters)]),
    ...(unless === undefined ? [] : [readCondition(unless, false, parameters)]),
  ];
}

function jobsOf(
  workflow: string,
  { jobs: list }: WorkflowConfig,
  config: Config,
  orbs: ReadonlySet<string>,
): RunnableWorkflow["jobs"] {
  const jobs = list.map((entry): RunnableJob | Approval => {
    const [key = "", start]: [string?, unknown?] =
      typeof entry === "string" ? [entry] : (Object.entries(entry)[0] ?? []);
    const { name = key, type, requires = [], filters } = startOf(key, workflow, start);
    const element = { workflow, name, requires: new Map(requires.map(requirementOf)), filters };
    if (type === "approval") return { kind: "approval", ...element };
    return { kind: "job", ...element, ...workOf(key, config, orbs) };
  });
  return inTurn(workflow, jobs);
}

function startOf(job: string, workflow: string, start: unknown): StartConfig {
  const read = startSchema.safeParse(start ?? {});
  if (read.success) return read.data;
  throw notRun(`the job "${job}" in workflow "${workflow}": ${z.prettifyError(read.error)}`);
}

function workOf(
  key: string,
  { jobs, executors = {} }: Config,
  orbs: ReadonlySet<string>,
): Pick<RunnableJob, "steps" | "environment"> {
  const job = jobs[key];
  if (job === undefined) throw notRun(`a workflow starts the job "${key}", which the config does not define`);
  if (job.executor !== undefined && executors[job.executor] === undefined)
    throw notRun(`the executor "${job.executor}" of the job "${key}" is not one of the config with an image`);
  return { steps: job.steps.map((step) => readStep(step, key, orbs)), environment: job.environment ?? {} };
}

function requirementOf(
  one: NonNullable<StartConfig["requires"]>[number],
): readonly [string, readonly RequiredStatus[]] {
  if (typeof one === "string") return [one, ["success"]];
  const [[name, statuses] = ["", []]] = Object.entries(one);
  return [name, (typeof statuses === "string" ? [statuses] : statuses).map(statusOf)];
}

function statusOf(status: string): RequiredStatus {
  if (status === "success" || status === "failed") return status;
  throw notRun(`the status "${status}" in requires`);
}

function inTurn(workflow: string, jobs: RunnableWorkflow["jobs"]): RunnableWorkflow["jobs"] {
  const sorted: (RunnableJob | Approval)[] = [];
  const isReady = ({ requires }: Element): boolean =>
    [...requires.keys()].every((name) => sorted.some((one) => one.name === name));
  while (sorted.length < jobs.length) {
    const next = jobs.find((job) => !sorted.includes(job) && isReady(job));
    if (next === undefined)
      throw notRun(`a job of workflow "${workflow}" requires a job that it does not start, or itself`);
    sorted.push(next);
  }
  return sorted;
}
