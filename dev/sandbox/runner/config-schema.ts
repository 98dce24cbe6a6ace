import { z } from "zod";

/** A path within the checkout; `.` is the checkout itself. Patterns are not expanded. */
const pathWithin = z.string().regex(/^(?![/~])(?!.*(?:^|\/)\.\.(?:\/|$))[^*?[\]{}$]+$/, {
  error: "a relative path without .., patterns and variables",
});
const variables = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .transform((map) => Object.fromEntries(Object.entries(map).map(([name, value]) => [name, String(value)])));

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
    when: z.enum(["on_success", "on_fail", "always"]).optional(),
    no_output_timeout: z.string().optional(),
  }),
]);
const setupSchema = z.strictObject({
  role_arn: z.string(),
  role_session_name: z.string(),
  region: z.string(),
  session_duration: z.string().optional(),
});

/** Parameters of the steps that run. The orb's step stands under the name `setup`. */
export const stepSchemas = {
  run: runSchema,
  setup: setupSchema,
  attach_workspace: z.strictObject({ at: pathWithin }),
  persist_to_workspace: z.strictObject({ root: pathWithin, paths: z.array(pathWithin).min(1) }),
  store_artifacts: z.strictObject({ path: pathWithin, destination: pathWithin.optional() }),
} as const;

const docker = z.array(z.strictObject({ image: z.string(), auth: variables.optional() })).min(1);
const jobSchema = z
  .strictObject({
    description: z.string().optional(),
    docker: docker.optional(),
    executor: z.string().optional(),
    resource_class: z.string().optional(),
    environment: variables.optional(),
    parallelism: z.literal(1).optional(),
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
/** How a workflow starts a job. */
export const startSchema = z.strictObject({
  name: z.string().optional(),
  type: z.literal("approval").optional(),
  requires: z.array(requirement).optional(),
  filters: z.unknown().optional(),
  context: z.union([z.string(), z.array(z.string())]).optional(),
});
const workflowSchema = z.strictObject({
  when: z.unknown().optional(),
  unless: z.unknown().optional(),
  triggers: z.array(z.unknown()).optional(),
  jobs: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])).min(1),
});
const parameterSchema = z.strictObject({
  type: z.string(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  description: z.string().optional(),
  enum: z.array(z.string()).optional(),
});

/**
 * The part of CircleCI's configuration that is run: what `pipeline` writes, and jobs of a team's own
 * that need nothing but bash. A config with anything else is refused, because it could be run in
 * part only. Steps are read one by one, so that an error names them.
 */
export const configSchema = z.strictObject({
  version: z.union([z.literal(2.1), z.literal("2.1")]),
  parameters: z.record(z.string(), parameterSchema).optional(),
  /** Where configurations keep their anchors. */
  aliases: z.unknown().optional(),
  orbs: z.record(z.string(), z.unknown()).nullish(),
  executors: z
    .record(z.string(), z.strictObject({ docker, resource_class: z.string().optional() }))
    .optional(),
  jobs: z.record(z.string(), jobSchema),
  workflows: z
    .object({ version: z.union([z.literal(2), z.literal(2.1), z.literal("2")]).optional() })
    .catchall(workflowSchema),
});

export type Config = z.infer<typeof configSchema>;
export type JobConfig = z.infer<typeof jobSchema>;
export type WorkflowConfig = z.infer<typeof workflowSchema>;
export type StartConfig = z.infer<typeof startSchema>;
