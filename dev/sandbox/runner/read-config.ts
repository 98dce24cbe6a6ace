import { parse } from "yaml";
import { z } from "zod";
import { ORB } from "../../../lib/circleci/orb";
import { ProjectError } from "../../../lib/errors";

const runSchema = z.strictObject({ run: z.strictObject({ name: z.string(), command: z.string() }) });
const setupSchema = z.strictObject({
  "aws-cli/setup": z.strictObject({
    role_arn: z.string(),
    role_session_name: z.string(),
    region: z.string(),
    session_duration: z.string().optional(),
  }),
});
const stepSchema = z.union([z.literal("checkout"), runSchema, setupSchema]);
const jobSchema = z.strictObject({
  description: z.string().optional(),
  docker: z.array(z.strictObject({ image: z.string() })).min(1),
  resource_class: z.string().optional(),
  steps: z.array(stepSchema).min(1),
});
const startSchema = z.strictObject({
  requires: z.array(z.string()).optional(),
  filters: z.string().optional(),
  context: z.array(z.string()).optional(),
});
/**
 * The part of CircleCI's configuration that `pipeline` writes. A config with anything else is
 * rejected, because it could only be run in part.
 */
const configSchema = z.strictObject({
  version: z.literal(2.1),
  orbs: z.strictObject({ "aws-cli": z.literal(ORB) }),
  jobs: z.record(z.string(), jobSchema),
  workflows: z.record(
    z.string(),
    z.strictObject({ jobs: z.array(z.union([z.string(), z.record(z.string(), startSchema)])).min(1) }),
  ),
});

export type Step = z.infer<typeof stepSchema>;

/** A job with its requirements and its filter. */
export interface RunnableJob {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly requires: readonly string[];
  readonly filter: string | undefined;
}

/**
 * The jobs of the workflow in a config, in order.
 * @throws ProjectError `config-not-run` for anything that the runner does not support
 */
export function readRunnable(text: string): readonly RunnableJob[] {
  const read = configSchema.safeParse(parse(text));
  if (!read.success) throw notRun(z.prettifyError(read.error));
  const { jobs, workflows } = read.data;
  const [workflow, ...others] = Object.values(workflows);
  if (workflow === undefined || others.length > 0) throw notRun("it must have exactly one workflow");
  return workflow.jobs.map((entry) => {
    const [name = "", start = {}] = typeof entry === "string" ? [entry] : (Object.entries(entry)[0] ?? []);
    const job = jobs[name];
    if (job === undefined) throw notRun(`its workflow refers to the job "${name}", which does not exist`);
    return { name, steps: job.steps, requires: start.requires ?? [], filter: start.filters };
  });
}

function notRun(why: string): ProjectError {
  return new ProjectError({
    code: "config-not-run",
    message: `the runner does not support this config: ${why}`,
    found: why,
  });
}
