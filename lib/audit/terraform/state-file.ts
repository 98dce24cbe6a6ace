import { ProjectError } from "../../errors";
import { isJsonList, isJsonObject, type Json, type JsonObject } from "../../iam/language/json";
import { maskOf } from "../../plan/sensitive/masking";
import { type Found, objectsIn, textOf } from "../found/audited-role";
import type { Resource } from "./resource";
import { rolesIn } from "./roles-in";

/**
 * The version of the format that Terraform has written since 0.12
 * (`internal/states/statefile/version4.go`; OpenTofu's is the same).
 */
const VERSION = 4;

/**
 * Roles of a state as Terraform keeps it: `terraform.tfstate`, `terraform state pull`. Undefined:
 * the value is not a state.
 * @throws ProjectError `state-format` (exit 2) for another version of the format
 */
export function readStateFile(value: JsonObject, file: string): Found | undefined {
  const { version, serial, lineage, resources, modules } = value;
  if (typeof version !== "number" || (serial === undefined && lineage === undefined)) return undefined;
  if (version !== VERSION || !isJsonList(resources ?? []) || modules !== undefined)
    throw unknownVersion(file, version);
  const secrets = new Set<string>();
  const instances = objectsIn(resources).flatMap((resource) => instancesOf(resource, secrets));
  for (const output of Object.values(isJsonObject(value.outputs) ? value.outputs : {}))
    if (isJsonObject(output) && output.sensitive === true) leaves(output.value, secrets);
  return { roles: rolesIn(instances, file), mask: maskOf(secrets) };
}

function instancesOf(resource: JsonObject, secrets: Set<string>): readonly Resource[] {
  const { module, mode, type, name } = resource;
  const prefix = typeof module === "string" ? `${module}.` : "";
  const address = `${prefix}${mode === "data" ? "data." : ""}${textOf(type, "")}.${textOf(name, "")}`;
  return objectsIn(resource.instances).map((instance): Resource => {
    const { index_key: key, deposed, attributes } = instance;
    const index = key === undefined || key === null ? "" : `[${JSON.stringify(key)}]`;
    const values = isJsonObject(attributes) ? attributes : {};
    const paths = sensitivePaths(instance);
    for (const path of paths) leaves(valueAt(values, path), secrets);
    return {
      address: `${address}${index}${typeof deposed === "string" ? ` (deposed ${deposed})` : ""}`,
      type: textOf(type, ""),
      values,
      unknown: undefined,
      sensitive: paths.some((path) => path.length === 0)
        ? true
        : Object.fromEntries(paths.map(([first]) => [String(first), true])),
    };
  });
}

/**
 * Each path as the steps to a value: `{"type": "get_attr", "value": "x"}`,
 * `{"type": "index", "value": {"value": 0, "type": "number"}}`.
 */
function sensitivePaths({
  sensitive_attributes: paths,
}: JsonObject): readonly (readonly (string | number)[])[] {
  if (paths === undefined || !isJsonList(paths)) return [];
  return paths.map((path) => {
    const steps = isJsonList(path) ? path.filter(isJsonObject) : [];
    return steps.flatMap(({ value }) => {
      const key = isJsonObject(value) ? value.value : value;
      return typeof key === "string" || typeof key === "number" ? [key] : [];
    });
  });
}

/**
 * The value at a path. A step that cannot be followed, such as into a set, ends at the whole value.
 */
function valueAt(value: Json, path: readonly (string | number)[]): Json {
  let at = value;
  for (const step of path) {
    const next = isJsonList(at) ? at[Number(step)] : isJsonObject(at) ? at[String(step)] : undefined;
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

function leaves(value: Json | undefined, found: Set<string>): void {
  if (typeof value === "string") found.add(value);
  else if (typeof value === "number") found.add(String(value));
  else if (typeof value === "object" && value !== null)
    for (const one of Object.values(value)) leaves(one, found);
}

function unknownVersion(file: string, version: number): ProjectError {
  return new ProjectError({
    code: "state-format",
    message: `${file} is a state of format version ${version}; supported: ${VERSION}`,
    found: String(version),
    fix: "pass its JSON: terraform show -json > state.json, with a Terraform that can read it",
    exitCode: 2,
  });
}
