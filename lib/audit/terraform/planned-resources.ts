import { isJsonObject, type Json, type JsonObject, objectOf } from "../../iam/language/json";
import { hasMark, isFolder, type Marks, markAt } from "../../plan/sensitive/marks";
import { objectsIn, textOf } from "../found/audited-role";
import type { Resource } from "./resource";

/**
 * Every resource after a plan is applied: planned values, completed from the changes (Terraform
 * leaves unknown values out of the planned values), deferred changes, and forgotten resources,
 * which stay unchanged (Terraform, "JSON Output Format").
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
    // An unknown action of a newer Terraform does not exclude a resource.
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
  // A deposed object is separate from the one that replaced it.
  return {
    address: typeof deposed === "string" ? `${name} (deposed ${deposed})` : name,
    type: textOf(type, ""),
  };
}

/** Marks of two sources for the same values: an argument is marked if either source marks it. */
function bothMarks(one: Marks, other: Marks): Marks {
  if (one === true || other === true) return true;
  const keys = [one, other].flatMap((marks) => (isFolder(marks) ? Object.keys(marks) : []));
  return Object.fromEntries(
    keys.map((key) => [key, hasMark(markAt(one, key)) || hasMark(markAt(other, key))]),
  );
}
