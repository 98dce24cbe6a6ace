import { z } from "zod";

/**
 * `Open` is OpenTofu's, of ephemeral resources; it has no name for it in JSON and writes the inner
 * one.
 */
const actionSchema = z.enum(["no-op", "create", "read", "update", "delete", "forget", "open", "Open"]);
/** Those that a plan can name. */
export const ACTIONS: ReadonlySet<unknown> = new Set(actionSchema.options);

export type Values = Readonly<Record<string, unknown>>;

/**
 * Not `z.record`, which examines and copies every attribute. The provider defines the attributes.
 */
const objectSchema = z.custom<Values>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "expected an object",
);

/** Attributes of a resource, as they are. */
const valuesSchema = objectSchema.nullish();
/** `true` where everything is unknown or sensitive, or a map of the same shape as the values. */
const marksSchema = z.union([z.boolean(), objectSchema]).optional();

const changeSchema = z.object({
  actions: z.array(actionSchema).min(1),
  before: valuesSchema,
  after: valuesSchema,
  after_unknown: marksSchema,
  before_sensitive: marksSchema,
  after_sensitive: marksSchema,
  /** What identifies the resource at its provider (Terraform 1.12). */
  before_identity: z.unknown().optional(),
  after_identity: z.unknown().optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  importing: z
    .object({
      id: z.string().optional(),
      identity: z.unknown().optional(),
      /** True: by what it is imported is known only after apply. */
      unknown: z.boolean().optional(),
    })
    .nullish(),
});

/** What a plan says of one resource. */
export const resourceSchema = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.enum(["managed", "data", "ephemeral"]),
  type: z.string(),
  /** Absent: not in the plan. */
  provider_name: z.string().optional(),
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change: changeSchema,
});

const deferredSchema = z.object({ reason: z.string(), resource_change: resourceSchema });

/**
 * An action that a provider runs ("JSON Output Format", Terraform 1.14;
 * `internal/command/jsonplan`, `ActionInvocation`).
 */
const actionInvocationSchema = z.object({
  address: z.string().default("(an action without an address)"),
  type: z.string().default(""),
  provider_name: z.string().optional(),
  config_values: valuesSchema,
  config_sensitive: marksSchema,
  config_unknown: marksSchema,
  /** It runs when a resource is changed. */
  lifecycle_action_trigger: z
    .object({
      triggering_resource_address: z.string().optional(),
      action_trigger_event: z.string().optional(),
    })
    .nullish(),
  /** It was asked for on the command line (`-invoke`), maybe for one resource. */
  invoke_action_trigger: z.object({ calling_resource_address: z.string().optional() }).nullish(),
});

const deferredActionSchema = z.object({ reason: z.string(), action_invocation: actionInvocationSchema });

/** An output is any value, and its marks have that value's shape, or are one boolean. */
const outputSchema = z.object({
  actions: z.array(actionSchema).min(1),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
});

const checkedSchema = z.object({
  address: z.object({ to_display: z.string() }),
  status: z.string(),
  problems: z.array(z.object({ message: z.string() })).nullish(),
});

const checkSchema = checkedSchema.extend({ instances: z.array(checkedSchema).nullish() });

/**
 * The fields of the plan JSON that a review looks at (Terraform, "JSON Output Format", "Plan
 * Representation", format versions 1.x; OpenTofu's is the same but for `deferred_changes`,
 * `applyable` and `complete`, which it does not have).
 */
export const planSchema = z.object({
  format_version: z.string(),
  errored: z.boolean().optional(),
  /** False: something is deferred to a later plan (deferred changes, targets). */
  complete: z.boolean().optional(),
  resource_changes: z.array(resourceSchema).default([]),
  resource_drift: z.array(resourceSchema).default([]),
  deferred_changes: z.array(deferredSchema).default([]),
  action_invocations: z.array(actionInvocationSchema).nullish(),
  deferred_action_invocations: z.array(deferredActionSchema).nullish(),
  output_changes: z.record(z.string(), outputSchema).default({}),
  checks: z.array(checkSchema).nullish(),
  // These are looked at for what is sensitive in them, and for nothing else.
  variables: z.unknown().optional(),
  configuration: z.unknown().optional(),
  prior_state: z.unknown().optional(),
  planned_values: z.unknown().optional(),
});

/** All of a plan but its long lists, which are read element by element. */
export const restSchema = planSchema.omit({ resource_changes: true, resource_drift: true });

export type PlannedResource = z.infer<typeof resourceSchema>;
export type PlannedChange = z.infer<typeof changeSchema>;
export type PlannedAction = z.infer<typeof actionInvocationSchema>;
export type PlannedOutput = z.infer<typeof outputSchema>;
