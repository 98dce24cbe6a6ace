import { parse } from "yaml";
import { z } from "zod";
import { PARSING } from "../../../lib/circleci/read-config";
import { configSchema, type StartConfig, startSchema, type WorkflowConfig } from "./config-schema";
import { expandJob, type JobWork } from "./expand/expand-job";
import { holds } from "./expand/logic";
import { matrixJobs } from "./expand/matrix";
import { type Namespace, namespaceOf, type PackedOrbs } from "./expand/namespace";
import { type Scope, substitute } from "./expand/references";
import { notRun } from "./not-run";
import { type PipelineSource, pipelineScope } from "./pipeline-values";

/** A status of a required job after which a job runs. */
type RequiredStatus = "success" | "failed";

interface Element {
  readonly workflow: string;
  readonly name: string;
  /** Statuses that each required job may have. */
  readonly requires: ReadonlyMap<string, readonly RequiredStatus[]>;
  readonly filters: unknown;
}

/** A job with its requirements and its filters. */
export interface RunnableJob extends Element, JobWork {
  readonly kind: "job";
}

interface Approval extends Element {
  readonly kind: "approval";
}

type WorkflowJob = RunnableJob | Approval;

export interface RunnableWorkflow {
  readonly name: string;
  /** In an order in which each comes after those that it requires. */
  readonly jobs: readonly WorkflowJob[];
}

/**
 * The workflows of a config that this pipeline starts, in order: those without a schedule whose
 * condition holds.
 * @param orbs that the config may refer to
 * @throws ProjectError `config-not-run` for anything in them that the runner does not support
 */
export function readRunnable(
  text: string,
  source: PipelineSource,
  orbs?: PackedOrbs,
): readonly RunnableWorkflow[] {
  const read = configSchema.safeParse(parse(text, PARSING));
  if (!read.success) throw notRun(z.prettifyError(read.error));
  const config = read.data;
  const pipeline = pipelineScope(source, config.parameters ?? {});
  const namespace = namespaceOf(config, orbs);
  return Object.entries(config.workflows).flatMap(([name, workflow]) => {
    if (typeof workflow !== "object" || workflow.triggers !== undefined) return [];
    if (!isStarted(name, workflow, pipeline)) return [];
    return [{ name, jobs: jobsOf(name, workflow, { pipeline, namespace }) }];
  });
}

function isStarted(name: string, { when, unless }: WorkflowConfig, pipeline: Scope): boolean {
  const place = `the workflow "${name}"`;
  if (when !== undefined && !holds(when, pipeline, place)) return false;
  return unless === undefined || !holds(unless, pipeline, place);
}

interface Names {
  readonly pipeline: Scope;
  readonly namespace: Namespace;
}

function jobsOf(workflow: string, { jobs: list }: WorkflowConfig, names: Names): readonly WorkflowJob[] {
  const started = list.flatMap((entry) => startedBy(entry, workflow, names));
  const seen = new Set<string>();
  for (const { job } of started) {
    if (seen.has(job.name)) throw notRun(`the workflow "${workflow}" starts two jobs called "${job.name}"`);
    seen.add(job.name);
  }
  // The alias of a matrix stands for all of its jobs.
  const namesOf = (required: string): readonly string[] => {
    const all = seen.has(required) ? [] : started.filter(({ alias }) => alias === required);
    return all.length === 0 ? [required] : all.map(({ job }) => job.name);
  };
  const jobs = started.map(({ job }): WorkflowJob => {
    const requires = [...job.requires].flatMap(([required, statuses]) =>
      namesOf(required).map((name) => [name, statuses] as const),
    );
    return { ...job, requires: new Map(requires) };
  });
  return inTurn(workflow, jobs);
}

interface Started {
  readonly alias: string;
  readonly job: WorkflowJob;
}

/** The jobs of one entry of a workflow: one, or those of a matrix. */
function startedBy(
  entry: WorkflowConfig["jobs"][number],
  workflow: string,
  { pipeline, namespace }: Names,
): readonly Started[] {
  const [key = "", start]: [string?, unknown?] =
    typeof entry === "string" ? [entry] : (Object.entries(entry)[0] ?? []);
  const place = `the job "${key}" in workflow "${workflow}"`;
  const { matrix } = startOf(place, start);
  return matrixJobs(key, substitute(matrix, pipeline, place)).map((one): Started => {
    const scope = new Map([...pipeline, ...one.scope]);
    const read = startOf(place, substitute(start, scope, place));
    const { name = one.name, type, requires = [], filters, context, ...rest } = read;
    const element = { workflow, name, requires: new Map(requires.map(requirementOf)), filters };
    if (type === "approval") return { alias: one.alias, job: { kind: "approval", ...element } };
    const { "pre-steps": before = [], "post-steps": after = [], matrix: _, ...given } = rest;
    const call = { key, given: { ...one.given, ...given }, before, after };
    return { alias: one.alias, job: { kind: "job", ...element, ...expandJob(call, namespace, pipeline) } };
  });
}

function startOf(place: string, start: unknown): StartConfig {
  const read = startSchema.safeParse(start ?? {});
  if (read.success) return read.data;
  throw notRun(`${place}: ${z.prettifyError(read.error)}`);
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

function inTurn(workflow: string, jobs: readonly WorkflowJob[]): readonly WorkflowJob[] {
  const sorted: WorkflowJob[] = [];
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
