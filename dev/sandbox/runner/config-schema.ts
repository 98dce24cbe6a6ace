import { z } from "zod";
import { namespaceShape } from "./expand/namespace";
import { parameterSchema } from "./expand/parameters";

/** Nodes of one job that this machine runs, one after the other. */
const MAX_NODES = 16;

/** A path within the checkout; `.` is the checkout itself. Patterns are not expanded. */
const pathWithin = z.string().regex(/^(?![/~])(?!.*(?:^|\/)\.\.(?:\/|$))[^*?[\]{}$]+$/, {
  error: "a relative path without .., patterns and variables",
});
const variables = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .transform((map) => Object.fromEntries(Object.entries(map).map(([name, value]) => [name, String(value)])));

const when = z.enum(["on_success", "on_fail", "always"]).optional();

const runSchema = z.union([
  z.string().transform((command) => ({
    command,
    name: undefined,
    environment: undefined,
    working_directory: undefined,
    when: undefined,
  })),
  z.strictObject({
    name: z.string().optional(),
    command: z.string(),
    environment: variables.optional(),
    working_directory: pathWithin.optional(),
    when,
    no_output_timeout: z.string().optional(),
  }),
]);
const setupSchema = z.strictObject({
  role_arn: z.string(),
  role_session_name: z.string(),
  region: z.string(),
  session_duration: z.string().optional(),
});

/** A home folder, or a folder in it. */
const homePath = z.string().regex(/^~\/[A-Za-z0-9._-]+(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/, {
  error: "a folder in the home folder, such as ~/project",
});

const cachePath = z
  .string()
  .refine((one) => [pathWithin, homePath].some((schema) => schema.safeParse(one).success), {
    error: "a relative path, or one in the home folder, without .., patterns and variables",
  });

/** Parameters of the steps that run. The orb's step has the name `setup`. */
export const stepSchemas = {
  run: runSchema,
  setup: setupSchema,
  attach_workspace: z.strictObject({ at: pathWithin }),
  persist_to_workspace: z.strictObject({ root: pathWithin, paths: z.array(pathWithin).min(1) }),
  store_artifacts: z.strictObject({ path: pathWithin, destination: pathWithin.optional() }),
  store_test_results: z.strictObject({ path: pathWithin }),
  save_cache: z.strictObject({
    key: z.string(),
    paths: z.array(cachePath).min(1),
    name: z.string().optional(),
    when,
  }),
  restore_cache: z
    .strictObject({
      key: z.string().optional(),
      keys: z.array(z.string()).min(1).optional(),
      name: z.string().optional(),
    })
    .refine(({ key, keys }) => key !== undefined || keys !== undefined, { error: "a step with key or keys" })
    .transform(({ key, keys = [] }) => ({ keys: key === undefined ? keys : [key, ...keys] })),
  /** This machine's Docker is used. */
  setup_remote_docker: z
    .strictObject({ version: z.string().optional(), docker_layer_caching: z.boolean().optional() })
    .nullish()
    .transform((settings) => settings ?? {}),
} as const;

const docker = z.array(z.strictObject({ image: z.string(), auth: variables.optional() })).min(1);
/** What an executor and a job may both say. */
const machine = {
  docker: docker.optional(),
  resource_class: z.string().optional(),
  environment: variables.optional(),
  working_directory: homePath.optional(),
  description: z.string().optional(),
};
export const executorSchema = z.strictObject(machine);
/**
 * A job whose references are replaced. Its steps are read one by one, so that an error names them.
 */
export const jobSchema = z
  .strictObject({
    ...machine,
    executor: z.union([z.string(), z.looseObject({ name: z.string() })]).optional(),
    parallelism: z.coerce.number().int().min(1).max(MAX_NODES).optional(),
    steps: z.array(z.unknown()).min(1),
  })
  .refine(({ docker: image, executor }) => (image === undefined) !== (executor === undefined), {
    error: "a job with a Docker image or an executor",
  });

const requirement = z.union([
  z.string(),
  z
    .record(z.string(), z.union([z.string(), z.array(z.string())]))
    .refine((map) => Object.keys(map).length === 1),
]);
/** How a workflow starts a job. All other keys are parameters of the job. */
export const startSchema = z.looseObject({
  name: z.string().optional(),
  type: z.literal("approval").optional(),
  requires: z.array(requirement).optional(),
  filters: z.unknown().optional(),
  context: z.union([z.string(), z.array(z.string())]).optional(),
  matrix: z.unknown().optional(),
  "pre-steps": z.array(z.unknown()).optional(),
  "post-steps": z.array(z.unknown()).optional(),
});
const workflowSchema = z.strictObject({
  when: z.unknown().optional(),
  unless: z.unknown().optional(),
  triggers: z.array(z.unknown()).optional(),
  jobs: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])).min(1),
});

/**
 * The part of CircleCI's configuration that is run: what `pipeline` writes, and jobs of a team's
 * own that need nothing but bash. A config with anything else is refused, because it could be run
 * in part only. Jobs, commands and executors are read where they are used, with their parameters.
 */
export const configSchema = z.strictObject({
  ...namespaceShape,
  version: z.union([z.literal(2.1), z.literal("2.1")]),
  parameters: z.record(z.string(), parameterSchema).optional(),
  /** Where configurations keep their anchors. */
  aliases: z.unknown().optional(),
  workflows: z
    .object({ version: z.union([z.literal(2), z.literal(2.1), z.literal("2")]).optional() })
    .catchall(workflowSchema),
});

export type JobConfig = z.infer<typeof jobSchema>;
export type WorkflowConfig = z.infer<typeof workflowSchema>;
export type StartConfig = z.infer<typeof startSchema>;
