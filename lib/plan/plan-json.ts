import { z } from "zod";
import { ProjectError } from "../errors";
import { isJsonObject } from "../iam/language/json";
import { type Contradiction, withoutContradictions } from "./contradictions";
import { type NewerFormat, newerFormatIn } from "./format";
import { type PlannedResource, planSchema, resourceSchema, restSchema } from "./plan-schema";
import { quickResource } from "./quick-resources";
import { wholeJson } from "./whole-json";

export type { PlannedAction, PlannedChange, PlannedOutput, PlannedResource, Values } from "./plan-schema";

export type PlanJson = z.infer<typeof planSchema> & {
  /** Where the plan contradicts itself; undefined: nowhere. */
  readonly contradictions?: readonly Contradiction[];
  /** What a newer Terraform has added to the format. */
  readonly newerFormat?: NewerFormat;
};

/**
 * Reads `terraform show -json` of a plan.
 * @param name of the file, for messages
 * @throws ProjectError `plan-not-read` for what is cut off or no plan, `plan-format` for another
 * major version of the format, both with
 *   exit code 2: a plan that is not understood is never one without changes. No message holds a
 * part of the plan's values.
 */
export function readPlanJson(text: string, name: string): PlanJson {
  const value = parsed(text, name);
  const version = z.object({ format_version: z.string() }).safeParse(value).data?.format_version;
  if (version === undefined) throw notRead(name, "it has no format_version");
  if (!/^1\.\d+$/.test(version)) {
    throw new ProjectError({
      code: "plan-format",
      message: `${name} has format version ${JSON.stringify(version)}; supported is 1.x`,
      found: version,
      fix: "use a newer release of this tool, or a current version of Terraform or OpenTofu",
      exitCode: 2,
    });
  }
  if (typeof value === "object" && value !== null && "values" in value && !("planned_values" in value))
    throw notRead(name, "it is a state and not a plan");
  const read = parsedPlan(value);
  if (read.success)
    return { ...withoutContradictions(read.data), newerFormat: newerFormatIn(value, version) };
  const [issue] = read.error.issues;
  throw notRead(name, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}

/** What is not as expected anywhere is reported by the schema of the whole. */
function parsedPlan(value: unknown): ReturnType<typeof planSchema.safeParse> {
  const rest = restSchema.safeParse(value);
  const [changes, drift] = [resourcesAt(value, "resource_changes"), resourcesAt(value, "resource_drift")];
  if (!rest.success || changes === undefined || drift === undefined) return planSchema.safeParse(value);
  return { success: true, data: { ...rest.data, resource_changes: changes, resource_drift: drift } };
}

function resourcesAt(plan: unknown, name: string): PlannedResource[] | undefined {
  const list = isJsonObject(plan) && Object.hasOwn(plan, name) ? plan[name] : [];
  if (!Array.isArray(list)) return undefined;
  const resources: PlannedResource[] = [];
  for (const one of list as readonly unknown[]) {
    const resource = quickResource(one) ?? resourceSchema.safeParse(one).data;
    if (resource === undefined) return undefined;
    resources.push(resource);
  }
  return resources;
}

function parsed(text: string, name: string): unknown {
  const read = wholeJson(text);
  if ("why" in read) throw notRead(name, read.why, read.fix);
  return read.value;
}

const HOW_TO_WRITE = "write it with `terraform plan -out=plan && terraform show -json plan > plan.json`";

function notRead(name: string, why: string, fix = HOW_TO_WRITE): ProjectError {
  return new ProjectError({
    code: "plan-not-read",
    message: `${name} cannot be read as a plan: ${why}`,
    found: why,
    fix,
    exitCode: 2,
  });
}
