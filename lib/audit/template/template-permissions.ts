import type { AwsPolicies } from "../../iam/data/managed-policies";
import { isJsonObject, type Json, type JsonObject } from "../../iam/language/json";
import type { PermissionSource, Permissions } from "../../iam/prove/requests/compare-permissions";
import { objectsIn } from "../found/audited-role";
import { inlineSource, managedSource } from "../found/policy-sources";
import { certainly } from "./certain";
import type { Template } from "./intrinsics";
import { inUsualPartition } from "./placeholders";

/**
 * The permissions of a template's role, by the known values: its own policies, managed ones by ARN
 * or by `Ref`, and policies of the template that name it.
 */
export function permissionsOf(
  name: string,
  properties: JsonObject,
  template: Template,
  aws: AwsPolicies,
): Permissions {
  const certain = (value: Json | undefined): Json | undefined => {
    const found = certainly(value, template, "");
    return "value" in found ? found.value : undefined;
  };
  const managed = (value: Json): PermissionSource => {
    const own =
      isJsonObject(value) && typeof value.Ref === "string" ? propertiesOf(value.Ref, template) : undefined;
    return own === undefined
      ? managedSource(arnOf(certain(value)), aws)
      : inlineSource(name, certain(own.PolicyDocument));
  };
  const { ManagedPolicyArns: arns, Policies: inline, PermissionsBoundary: boundary } = properties;
  const attached = Object.keys(template.resources)
    .map((one) => propertiesOf(one, template))
    .filter((one) => one !== undefined)
    .filter((one) => isAttachedTo(name, one));
  return {
    identity: [
      ...[...objectsIn(inline), ...attached].map(({ PolicyDocument: document }) =>
        inlineSource(name, certain(document)),
      ),
      ...(Array.isArray(arns) ? arns.map(managed) : []),
    ],
    ...(boundary === undefined ? {} : { boundary: managed(boundary) }),
  };
}

function arnOf(value: Json | undefined): Json | undefined {
  return typeof value === "string" ? inUsualPartition(value) : value;
}

function propertiesOf(name: string, { resources }: Template): JsonObject | undefined {
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  return isJsonObject(resource) && isJsonObject(resource.Properties) ? resource.Properties : undefined;
}

/** Policies of the template that name the role by `Ref`, as the CDK writes them. */
function isAttachedTo(name: string, { Roles: roles }: JsonObject): boolean {
  return Array.isArray(roles) && roles.some((role) => isJsonObject(role) && role.Ref === name);
}
