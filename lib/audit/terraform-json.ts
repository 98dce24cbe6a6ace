import { isJsonObject, type Json, type JsonObject } from "../iam/language/json";
import { type AuditedRole, allowsEverything, isAdminArn, objectsIn, readTrust, textOf } from "./audited-role";

interface Resource {
  readonly address: string;
  readonly type: string;
  readonly values: JsonObject;
}

/**
 * Roles of `terraform show -json`, of a plan as they will be, of a state as they are ("JSON Output Format"). Undefined: it is neither.
 */
export function readTerraformJson(value: JsonObject, file: string): readonly AuditedRole[] | undefined {
  const { planned_values: planned, values } = value;
  const shown = isJsonObject(planned) ? planned : values;
  if (!isJsonObject(shown) || value.format_version === undefined) return undefined;
  const resources = resourcesIn(shown.root_module);
  const providers = ofType(resources, "aws_iam_openid_connect_provider").flatMap(({ values: { arn } }) =>
    typeof arn === "string" ? [arn] : [],
  );
  return ofType(resources, "aws_iam_role").map(({ address, values: role }) => {
    const path = `${address}.assume_role_policy`;
    const { name, assume_role_policy: document } = role;
    return {
      name: textOf(name, address),
      file,
      path,
      ...readTrust(document, path),
      isAdmin: isAdmin(role, textOf(name, address), resources),
      providers,
    };
  });
}

function isAdmin(role: JsonObject, name: string, resources: readonly Resource[]): boolean {
  const { managed_policy_arns: arns, inline_policy: inline } = role;
  const isOwn = ({ values }: Resource): boolean => values.role === name;
  return (
    (Array.isArray(arns) && arns.some(isAdminArn)) ||
    objectsIn(inline).some(({ policy }) => allowsEverything(policy)) ||
    ofType(resources, "aws_iam_role_policy_attachment").some(
      (one) => isOwn(one) && isAdminArn(one.values.policy_arn),
    ) ||
    ofType(resources, "aws_iam_role_policy").some((one) => isOwn(one) && allowsEverything(one.values.policy))
  );
}

function resourcesIn(module: Json | undefined): readonly Resource[] {
  if (!isJsonObject(module)) return [];
  const own = objectsIn(module.resources).map((one) => ({
    address: textOf(one.address, ""),
    type: textOf(one.type, ""),
    values: isJsonObject(one.values) ? one.values : {},
  }));
  return [...own, ...objectsIn(module.child_modules).flatMap(resourcesIn)];
}

function ofType(resources: readonly Resource[], type: string): readonly Resource[] {
  return resources.filter((one) => one.type === type);
}
