import { z } from "zod";
import { isJsonObject } from "../iam/language/json";
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
  const listed = new Set(plan.resource_changes.map(({ address, deposed }) => keyOf(address, deposed)));
  const state = stateSchema.safeParse(plan.prior_state).data;
  const others = resourcesIn(state?.values?.root_module, listed);
  return others.length === 0 ? plan.resource_changes : [...plan.resource_changes, ...others];
}

function keyOf(address: unknown, deposed: unknown): string {
  return `${address} ${deposed ?? ""}`;
}

function resourcesIn(module: unknown, listed: ReadonlySet<string>): readonly PlannedResource[] {
  const read = modulesSchema.safeParse(module).data;
  if (read === undefined) return [];
  return [
    ...read.resources.flatMap((one) => resourceIn(one, listed)),
    ...read.child_modules.flatMap((one) => resourcesIn(one, listed)),
  ];
}

function resourceIn(value: unknown, listed: ReadonlySet<string>): readonly PlannedResource[] {
  // Nearly all of them are listed, and need not be read again.
  if (isJsonObject(value) && listed.has(keyOf(value.address, value.deposed_key))) return [];
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
