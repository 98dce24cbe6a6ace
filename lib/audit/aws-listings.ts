import type { JsonObject } from "../iam/language/json";
import type { JsonPath } from "../iam/language/policy";
import { type AuditedRole, allowsEverything, isAdminArn, objectsIn, readTrust, textOf } from "./audited-role";

/** Roles of `aws iam get-role`, `list-roles` and `get-account-authorization-details`. Undefined: it is none of them. */
export function readAwsListing(value: JsonObject, file: string): readonly AuditedRole[] | undefined {
  const { Role: role, Roles: roles, RoleDetailList: details } = value;
  if (typeof role === "object" && role !== null && !Array.isArray(role)) {
    return [readRole(Object.fromEntries(Object.entries(role)), file, "Role")];
  }
  if (Array.isArray(roles))
    return objectsIn(roles).map((one, index) => readRole(one, file, `Roles[${index}]`));
  if (!Array.isArray(details)) return undefined;
  return objectsIn(details).map((one, index) => ({
    ...readRole(one, file, `RoleDetailList[${index}]`),
    isAdmin: isAdmin(one),
  }));
}

/** Whether the listing is a page of several: then what is not on it was not looked at. */
export function isIncomplete({
  IsTruncated: truncated,
  NextToken: next,
  Marker: marker,
}: JsonObject): boolean {
  return truncated === true || typeof next === "string" || typeof marker === "string";
}

function readRole(role: JsonObject, file: string, place: JsonPath): AuditedRole {
  const path = `${place}.AssumeRolePolicyDocument`;
  const { RoleName: name, AssumeRolePolicyDocument: document } = role;
  return { name: textOf(name, file), file, path, ...readTrust(document, path) };
}

function isAdmin({ AttachedManagedPolicies: attached, RolePolicyList: inline }: JsonObject): boolean {
  return (
    objectsIn(attached).some(({ PolicyArn: arn }) => isAdminArn(arn)) ||
    objectsIn(inline).some(({ PolicyDocument: document }) => allowsEverything(document))
  );
}
