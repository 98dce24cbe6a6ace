import { z } from "zod";
import { executorSchema, type JobConfig, jobSchema } from "../config-schema";
import { notRun } from "../not-run";
import type { Step } from "../read-step";
import { expandSteps } from "./expand-steps";
import type { Definition, Namespace } from "./namespace";
import { bindParameters } from "./parameters";
import { type Scope, substitute } from "./references";

/** What a job does. */
export interface JobWork {
  readonly steps: readonly Step[];
  readonly environment: Readonly<Record<string, string>>;
  /** Number of nodes that run the same steps. */
  readonly parallelism: number;
  /** Relative to the home folder. Undefined: the usual one. */
  readonly folder?: string;
}

/** How a workflow starts a job. */
interface JobCall {
  readonly key: string;
  readonly given: Readonly<Record<string, unknown>>;
  /** Steps of the workflow before and after those of the job. */
  readonly before: readonly unknown[];
  readonly after: readonly unknown[];
}

/**
 * A job with its parameters, commands and executor replaced.
 * @throws ProjectError `config-not-run`
 */
export function expandJob(
  { key, given, before, after }: JobCall,
  namespace: Namespace,
  pipeline: Scope,
): JobWork {
  const definition = namespace.find("jobs", key);
  if (definition === undefined) throw notRun(undefinedJob(key));
  const place = `the job "${key}"`;
  const scope = new Map([...pipeline, ...bindParameters(definition.parameters, given, place)]);
  // Conditions and arguments of steps are replaced where the steps are read.
  const { steps: written, ...rest } = definition.body;
  const { steps, ...job } = parsed(
    jobSchema,
    { ...asMap(substitute(rest, scope, place)), steps: asList(written, scope, place) },
    place,
  );
  const of = executorOf(job, definition, { pipeline, place });
  const inside = { job: key, namespace: definition.namespace, scope, pipeline };
  const outside = { job: key, namespace, scope: pipeline, pipeline };
  const folder = job.working_directory ?? of.working_directory;
  return {
    steps: [...expandSteps(before, outside), ...expandSteps(steps, inside), ...expandSteps(after, outside)],
    environment: { ...of.environment, ...job.environment },
    parallelism: job.parallelism ?? 1,
    ...(folder === undefined ? {} : { folder: folder.slice("~/".length) }),
  };
}

function undefinedJob(key: string): string {
  const why = `a workflow starts the job "${key}", which the config does not define`;
  return key.includes("/") ? `${why}; of orbs, only inline ones are run` : why;
}

/** Steps, or a parameter that has them. */
function asList(steps: unknown, scope: Scope, place: string): unknown {
  return typeof steps === "string" ? substitute(steps, scope, place) : steps;
}

function asMap(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

interface ExecutorPlace {
  readonly pipeline: Scope;
  readonly place: string;
}

/** The executor of a job with its parameters replaced; without one, the job itself. */
function executorOf(
  job: Omit<JobConfig, "steps">,
  { namespace }: Definition,
  { pipeline, place }: ExecutorPlace,
): z.infer<typeof executorSchema> {
  if (job.executor === undefined) return {};
  const { name, ...given }: { readonly name: string } & Readonly<Record<string, unknown>> =
    typeof job.executor === "string" ? { name: job.executor } : job.executor;
  const executor = namespace.find("executors", name);
  const called = `the executor "${name}"`;
  if (executor === undefined) throw notRun(`${called} of ${place} is not one of the config with an image`);
  const parameters = bindParameters(executor.parameters, given, called);
  const body = substitute(executor.body, new Map([...pipeline, ...parameters]), called);
  const read = parsed(executorSchema, body, called);
  if (read.docker === undefined) throw notRun(`${called} of ${place} is not one of the config with an image`);
  return read;
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw notRun(`${place}: ${z.prettifyError(read.error)}`);
}
