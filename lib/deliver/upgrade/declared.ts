import { isJsonObject, type Json, type JsonObject } from "../../iam/language/json";

/** A resource of a synthesized stack. */
export interface DeclaredResource {
  readonly type: string;
  readonly name: string;
  /** As plans name it: `registry.terraform.io/hashicorp/aws`. */
  readonly provider: string;
  /** Its arguments, without those of Terraform itself. */
  readonly body: JsonObject;
}

/** A synthesized stack. */
export interface Declared {
  /** By address. */
  readonly resources: ReadonlyMap<string, DeclaredResource>;
  /** Everything else, such as `provider` and `aws_iam_role.deploy lifecycle`. */
  readonly parts: ReadonlyMap<string, Json>;
}

/** Terraform docs, "Meta-arguments": they are no attributes of the resource. */
const META = ["connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"];
const COMMENT = "//";

/** @param stack content of `cdk.tf.json`; undefined: no stack */
export function declaredIn(stack: Json | undefined): Declared {
  const resources = new Map<string, DeclaredResource>();
  const parts = new Map<string, Json>();
  for (const [part, value] of entriesOf(stack)) {
    if (part === COMMENT) continue;
    if (part !== "resource") {
      parts.set(part, value);
      continue;
    }
    for (const [type, named] of entriesOf(value))
      for (const [name, all] of entriesOf(named)) {
        const address = `${type}.${name}`;
        const own = entriesOf(all).filter(([key]) => key !== COMMENT);
        for (const [key, meta] of own) if (META.includes(key)) parts.set(`${address} ${key}`, meta);
        const body = Object.fromEntries(own.filter(([key, one]) => !META.includes(key) && one !== null));
        resources.set(address, { type, name, provider: providerOf(type, stack), body });
      }
  }
  return { resources, parts };
}

function entriesOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

/** Of the type's prefix, as `required_providers` names its source. */
function providerOf(type: string, stack: Json | undefined): string {
  const local = type.split("_")[0] ?? type;
  const required = at(stack, ["terraform", "required_providers", local, "source"]);
  const source = typeof required === "string" ? required : local;
  const [name = local, namespace = "hashicorp", host = "registry.terraform.io"] = source.split("/").reverse();
  return `${host}/${namespace}/${name}`;
}

function at(value: Json | undefined, [first, ...rest]: readonly string[]): Json | undefined {
  if (first === undefined) return value;
  return isJsonObject(value) ? at(value[first], rest) : undefined;
}
