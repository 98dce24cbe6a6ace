import { z } from "zod";
import { ProjectError } from "../../errors";

const actionSchema = z.enum(["no-op", "create", "read", "update", "delete", "forget"]);
/** Attributes of a resource; which are there is the provider's affair. */
const valuesSchema = z.record(z.string(), z.unknown()).nullish();
/** `true` where everything is unknown or sensitive, or a map of the same shape as the values. */
const marksSchema = z.union([z.boolean(), z.record(z.string(), z.unknown())]).optional();

const changeSchema = z.object({
  actions: z.array(actionSchema).min(1),
  before: valuesSchema,
  after: valuesSchema,
  after_unknown: marksSchema,
  before_sensitive: marksSchema,
  after_sensitive: marksSchema,
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  importing: z.object({ id: z.string().optional() }).nullish(),
});

const resourceSchema = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.enum(["managed", "data"]),
  type: z.string(),
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change: changeSchema,
});

/** The fields of Terraform's plan JSON that a review looks at ("JSON Output Format", format versions 1.x; OpenTofu's is the same). */
const planSchema = z.object({
  format_version: z.string(),
  errored: z.boolean().optional(),
  /** False: something is left for a later plan (deferred changes, targets). */
  complete: z.boolean().optional(),
  resource_changes: z.array(resourceSchema).default([]),
  resource_drift: z.array(resourceSchema).default([]),
  /** What is written, and what it refers to ("Configuration Representation"); read by references.ts, which takes nothing for granted. */
  configuration: z.record(z.string(), z.unknown()).optional(),
  /** The state that was planned from, refreshed; read by declarations.ts. */
  prior_state: z.record(z.string(), z.unknown()).optional(),
});

export type PlanJson = z.infer<typeof planSchema>;
export type PlannedResource = z.infer<typeof resourceSchema>;
export type PlannedChange = z.infer<typeof changeSchema>;

/**
 * Reads `terraform show -json` of a plan.
 * @param name of the file, for messages
 * @throws ProjectError `plan-not-read` for what is cut off or no plan, `plan-format` for another major version of the format, both with
 *   exit code 2: a plan that is not understood is never one without changes
 */
export function readPlanJson(text: string, name: string): PlanJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw notRead(
      name,
      `it is no whole JSON document: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
  const version = z.object({ format_version: z.string() }).safeParse(value).data?.format_version;
  if (version === undefined) throw notRead(name, "it has no format_version");
  if (!/^1\.\d+$/.test(version)) {
    throw new ProjectError({
      code: "plan-format",
      message: `${name} has format version ${JSON.stringify(version)}, and 1.x is understood`,
      found: version,
      fix: "use a newer release of this tool, or plan with a Terraform or OpenTofu of today",
      exitCode: 2,
    });
  }
  if (typeof value === "object" && value !== null && "values" in value && !("planned_values" in value))
    throw notRead(name, "it is a state and not a plan");
  const read = planSchema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw notRead(name, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}

function notRead(name: string, why: string): ProjectError {
  return new ProjectError({
    code: "plan-not-read",
    message: `${name} cannot be read as a plan: ${why}`,
    found: why,
    fix: "write it with `terraform plan -out=plan && terraform show -json plan > plan.json`",
    exitCode: 2,
  });
}
