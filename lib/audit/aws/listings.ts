import { isJsonList, isJsonObject, type Json, type JsonObject, objectOf } from "../../iam/language/json";
import { atIndex } from "../../iam/language/json-path";
import type { JsonPath } from "../../iam/language/policy";
import type { AuditedRole, Found } from "../found/audited-role";
import { identityPoliciesOf, managedPoliciesIn, withBoundary } from "./account-permissions";
import { isRole, readRole, unreadableRole } from "./roles";

/**
 * Roles of `aws iam get-role`, `list-roles` and `get-account-authorization-details`. Undefined: the
 * value is none of them.
 */
export function readListing(value: JsonObject, file: string): Found | undefined {
  const { Role: role, Roles: roles, RoleDetailList: details } = value;
  if (isRole(value)) return { roles: [{ ...readRole(value, file, ""), ...permissionsOf(value, {}) }] };
  if (isJsonObject(role)) return { roles: [readRole(role, file, "Role")] };
  const page = incompleteIn(value);
  if (roles !== undefined && isJsonList(roles)) return { roles: readAll(roles, file, "Roles"), ...page };
  if (details === undefined || !isJsonList(details)) return undefined;
  const found = readAll(details, file, "RoleDetailList");
  return {
    roles: found.map((role, index) => ({ ...role, ...permissionsOf(objectOf(details[index]), value) })),
    ...page,
  };
}

function readAll(list: readonly Json[], file: string, place: JsonPath): readonly AuditedRole[] {
  return list.map((one, index) => {
    const path = atIndex(place, index);
    return isJsonObject(one) ? readRole(one, file, path) : unreadableRole(file, path);
  });
}

/** Whether an answer of AWS is one page of several. */
export function incompleteIn(value: JsonObject): Pick<Found, "incomplete"> {
  const { IsTruncated: truncated, NextToken: next, nextToken: nextOfConfig, Marker: marker } = value;
  const tokens = [next, nextOfConfig, marker].filter((token) => typeof token === "string");
  if (truncated !== true && tokens.length === 0) return {};
  return { incomplete: "it is one page of several; roles on other pages were not audited" };
}

/** @param details have the customer's managed policies */
function permissionsOf(role: JsonObject, details: JsonObject): Pick<AuditedRole, "permissions"> {
  return {
    permissions: (aws) => {
      const managed = managedPoliciesIn(details, aws);
      return withBoundary(role, identityPoliciesOf(role, "RolePolicyList", managed), managed);
    },
  };
}
