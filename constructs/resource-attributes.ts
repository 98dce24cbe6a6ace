import type { TerraformResource } from "cdktf";

/** How Terraform writes the arguments that every resource may have. */
const META_ARGUMENTS = new Map([
  ["dependsOn", "depends_on"],
  ["provider", "provider"],
]);

/**
 * The attributes of a resource as cdktf's `toTerraform` writes them, with tokens, in a third of the
 * time: it writes the names of all arguments anew for each resource, and copies each value twice.
 * @returns undefined: the resource has something that only cdktf writes, such as a lifecycle, an
 * override, an import or a dynamic block
 */
export function attributesOf(resource: TerraformResource): Readonly<Record<string, unknown>> | undefined {
  if (resource.provisioners !== undefined || resource.hasResourceMove()) return undefined;
  if (resource["_imported"] !== undefined || isNotEmpty(resource["rawOverrides"])) return undefined;
  const attributes = resource["synthesizeAttributes"]();
  if (hasObject(attributes)) return undefined;
  for (const [name, value] of Object.entries(resource.terraformMetaArguments)) {
    if (value === undefined) continue;
    const written = META_ARGUMENTS.get(name);
    if (written === undefined || written in attributes) return undefined;
    attributes[written] = value;
  }
  if ("//" in attributes) return undefined;
  attributes["//"] = resource["constructNodeMetadata"];
  return attributes;
}

function isNotEmpty(overrides: object): boolean {
  for (const _ in overrides) return true;
  return false;
}

/**
 * Whether an attribute is an object of a class: a dynamic block, which is written elsewhere, or a
 * token. cdktf looks for them in objects, and not in lists.
 */
function hasObject(attributes: object): boolean {
  for (const value of Object.values(attributes)) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
    if (value.constructor !== Object || hasObject(value)) return true;
  }
  return false;
}
