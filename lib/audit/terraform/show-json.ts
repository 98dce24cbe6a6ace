import { ProjectError } from "../../errors";
import { isJsonObject, type JsonObject } from "../../iam/language/json";
import { maskFor } from "../../plan/sensitive/masking";
import type { Found } from "../found/audited-role";
import { plannedResources, resourcesOf } from "./planned-resources";
import { rolesIn } from "./roles-in";

/**
 * Roles of `terraform show -json`: those after a plan, or those in a state ("JSON Output Format").
 * Undefined: the value is neither.
 * @throws ProjectError `plan-format` (exit 2) for a version of the format that is not known
 */
export function readShowJson(value: JsonObject, file: string): Found | undefined {
  const { format_version: version, planned_values: planned, resource_changes: changes, values } = value;
  if (version === undefined) return undefined;
  const isPlan = isJsonObject(planned) || Array.isArray(changes);
  if (!isPlan && !isJsonObject(values)) return undefined;
  if (typeof version !== "string" || !/^[01]\.\d+$/.test(version)) throw unknownVersion(file, version);
  const resources = isPlan ? plannedResources(value) : resourcesOf(values);
  return {
    roles: rolesIn(resources, file),
    mask: maskFor(value),
    ...(value.errored === true
      ? { incomplete: "the plan has errors: resources may be missing from it" }
      : {}),
  };
}

function unknownVersion(file: string, version: unknown): ProjectError {
  return new ProjectError({
    code: "plan-format",
    message: `${file} has format version ${JSON.stringify(version)}; supported: 0.x and 1.x`,
    found: JSON.stringify(version),
    fix: "use a newer release of this tool, or a current Terraform or OpenTofu",
    exitCode: 2,
  });
}
