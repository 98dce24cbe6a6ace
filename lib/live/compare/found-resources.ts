import type { FoundPolicy, FoundProvider, FoundRole } from "../../adopt/inventory/inventory";
import { canonical } from "../../diff/model/change";
import { isJsonObject } from "../../iam/language/json";
import type { LiveResource, Values } from "./live-resource";

type Place = Pick<LiveResource, "stack" | "name">;

export function foundRole(role: FoundRole, place: Place): LiveResource {
  return {
    ...place,
    type: "aws_iam_role",
    values: {
      arn: role.arn,
      name: role.name,
      path: role.path,
      assume_role_policy: role.trust,
      inline_policy: role.inline.map(({ name, document }) => ({ name, policy: document })),
      managed_policy_arns: role.attached,
      max_session_duration: role.sessionSeconds,
      ...(role.boundary === undefined ? {} : { permissions_boundary: role.boundary }),
    },
  };
}

export function foundProvider({ arn, url, audiences }: FoundProvider, place: Place): LiveResource {
  return {
    ...place,
    type: "aws_iam_openid_connect_provider",
    values: { arn, url, client_id_list: audiences },
  };
}

export function foundPolicy({ arn, name, path, document }: FoundPolicy, place: Place): LiveResource {
  return { ...place, type: "aws_iam_policy", values: { arn, name, path, policy: document } };
}

/**
 * What was found, with the texts of the file for policies that differ in layout or in the order of
 * keys only.
 */
export function withTextsOf(found: LiveResource, declared: LiveResource | undefined): LiveResource {
  if (declared === undefined) return found;
  return { ...found, values: valuesWithTextsOf(found.values, declared.values) };
}

function valuesWithTextsOf(found: Values, declared: Values): Values {
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => [name, textOf(value, declared[name])]),
  );
}

function textOf(value: unknown, declared: unknown): unknown {
  if (typeof value === "string" && typeof declared === "string")
    return canonical(value) === canonical(declared) ? declared : value;
  if (!Array.isArray(value) || !Array.isArray(declared)) return value;
  // The entries of `inline_policy`, by name.
  return value.map((one: unknown) => {
    if (!isJsonObject(one)) return one;
    const other: unknown = declared.find((entry: unknown) => isJsonObject(entry) && entry.name === one.name);
    return isJsonObject(other) ? valuesWithTextsOf(one, other) : one;
  });
}
