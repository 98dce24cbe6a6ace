import { isJsonObject, type Json, type JsonObject } from "../../iam/language/json";
import { hasMark, isFolder, type Marks, markAt } from "../../plan/sensitive/marks";
import { objectsIn, textOf } from "../audited-role";
import type { Resource } from "./resource";

/**
 * Every resource that is there after a plan is applied: planned values, what the changes say
 * besides (Terraform leaves out of the planned values what it knows nothing of yet), what is put
 * off for a later plan, and what is only forgotten, which stays as it was (Terraform, "JSON Output
 * Format").
 */
export function plannedResources(plan: JsonObject): readonly Resource[] {
  const byAddress = new Map<string, Resource>();
  const stay: Resource[] = [];
  for (const resource of resourcesOf(plan.planned_values)) byAddress.set(resource.address, resource);
  const deferred = objectsIn(plan.deferred_changes).map(({ resource_change: one }) => one);
  for (const one of [...objectsIn(plan.resource_changes), ...deferred.filter(isJsonObject)]) {
    const { change } = one;
    if (!isJsonObject(change)) continue;
    const actions = Array.isArray(change.actions) ? change.actions : [];
    const { address, type } = namesOf(one);
    if (actions.includes("forget")) {
      const [values, sensitive] = [objectOf(change.before), change.before_sensitive];
      stay.push({ address, type, values, unknown: undefined, sensitive });
    }
    // An action of a later Terraform's is no reason to leave a resource out.
    if (actions.length === 1 && ["delete", "forget"].includes(String(actions[0]))) continue;
    const planned = byAddress.get(address);
    byAddress.set(address, {
      address,
      type,
      values: { ...objectOf(change.after), ...planned?.values },
      unknown: change.after_unknown,
      sensitive: bothMarks(planned?.sensitive, change.after_sensitive),
    });
  }
  return [...byAddress.values(), ...stay];
}

/** The resources of a state's values, or of planned values, in all modules. */
export function resourcesOf(values: Json | undefined): readonly Resource[] {
  return isJsonObject(values) ? resourcesInModule(values.root_module) : [];
}

function resourcesInModule(module: Json | undefined): readonly Resource[] {
  if (!isJsonObject(module)) return [];
  const own = objectsIn(module.resources).map((one): Resource => {
    const { values, sensitive_values: sensitive } = one;
    return { ...namesOf(one), values: objectOf(values), unknown: undefined, sensitive };
  });
  return [...own, ...objectsIn(module.child_modules).flatMap(resourcesInModule)];
}

function namesOf({ address, type, deposed }: JsonObject): Pick<Resource, "address" | "type"> {
  const name = textOf(address, "a resource without an address");
  // An object that is to be destroyed is one of its own beside that which took its place.
  return {
    address: typeof deposed === "string" ? `${name} (deposed ${deposed})` : name,
    type: textOf(type, ""),
  };
}

/**
 * Marks of two sources for the same values: an argument that either marks anything in is marked.
 */
function bothMarks(one: Marks, other: Marks): Marks {
  if (one === true || other === true) return true;
  const keys = [one, other].flatMap((marks) => (isFolder(marks) ? Object.keys(marks) : []));
  return Object.fromEntries(
    keys.map((key) => [key, hasMark(markAt(one, key)) || hasMark(markAt(other, key))]),
  );
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
