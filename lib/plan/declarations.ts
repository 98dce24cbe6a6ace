import { z } from "zod";
import { isJsonObject, type JsonObject } from "../iam/language/json";
import type { PlanJson, PlannedResource } from "./plan-json";

const resourceSchema = z.object({
  address: z.string(),
  mode: z.enum(["managed", "data", "ephemeral"]),
  type: z.string(),
  values: z.record(z.string(), z.unknown()).nullish(),
  sensitive_values: z.union([z.boolean(), z.record(z.string(), z.unknown())]).optional(),
  deposed_key: z.string().optional(),
});

const stateSchema = z.object({ values: z.object({ root_module: z.unknown().optional() }).optional() });

const modulesSchema = z.object({
  resources: z.array(z.unknown()).default([]),
  child_modules: z.array(z.unknown()).default([]),
});

/** A plan is looked through once, however often it is asked. */
const KNOWN = new WeakMap<object, readonly PlannedResource[]>();

/**
 * All resources that a plan knows of: those that it lists, and those of the state before it that it
 * does not, with nothing to do: a plan that only refreshes lists none, one with targets or an error
 * only some ("JSON Output Format", `prior_state`).
 */
export function declarationsIn(
  plan: Pick<PlanJson, "resource_changes" | "prior_state">,
): readonly PlannedResource[] {
  const known = KNOWN.get(plan) ?? readDeclarations(plan);
  KNOWN.set(plan, known);
  return known;
}

function readDeclarations(
  plan: Pick<PlanJson, "resource_changes" | "prior_state">,
): readonly PlannedResource[] {
  const listed = new Set<unknown>();
  for (const { address, deposed } of plan.resource_changes) listed.add(keyOf(address, deposed));
  const state = stateSchema.safeParse(plan.prior_state).data;
  const others = resourcesIn(state?.values?.root_module, listed);
  return others.length === 0 ? plan.resource_changes : [...plan.resource_changes, ...others];
}

/** Of nearly all resources the address alone, which is not copied. */
function keyOf(address: unknown, deposed: unknown): unknown {
  const one = deposed ?? "";
  return one === "" ? address : `${address}\0${one}`;
}

function resourcesIn(module: unknown, listed: ReadonlySet<unknown>): readonly PlannedResource[] {
  const read = modulesSchema.safeParse(module).data;
  if (read === undefined) return [];
  // Nearly all of them are listed, and need not be read again.
  const others = read.resources.filter((one) => !isJsonObject(one) || !isListed(one, listed));
  return [...others.flatMap(resourceIn), ...read.child_modules.flatMap((one) => resourcesIn(one, listed))];
}

function isListed(resource: JsonObject, listed: ReadonlySet<unknown>): boolean {
  return listed.has(keyOf(resource.address, resource.deposed_key));
}

function resourceIn(value: unknown): readonly PlannedResource[] {
  const read = resourceSchema.safeParse(value).data;
  if (read === undefined) return [];
  const { address, mode, type, values, sensitive_values: sensitive = false, deposed_key: deposed } = read;
  const change = {
    actions: ["no-op" as const],
    before: values,
    after: values,
    after_unknown: {},
    before_sensitive: sensitive,
    after_sensitive: sensitive,
  };
  return [{ address, mode, type, ...(deposed === undefined ? {} : { deposed }), change }];
}
