import type { AwsPolicies } from "../../iam/data/managed-policies";
import type { Json, JsonObject } from "../../iam/language/json";
import type { PermissionSource, Permissions } from "../../iam/prove/requests/compare-permissions";
import { objectsIn, textOf } from "../found/audited-role";
import { inlineSource, managedSource } from "../found/policy-sources";
import { ofType, type Resource } from "./resource";

/**
 * A role's permissions by the known values of its resources. Customer managed policies are known
 * by the `aws_iam_policy` with that ARN, AWS's by the data of this version.
 * @param role the values of `aws_iam_role` or `awscc_iam_role`
 */
export function permissionsOf(
  role: JsonObject,
  name: string,
  resources: readonly Resource[],
  aws: AwsPolicies,
): Permissions {
  const documents = new Map(
    ofType(resources, "aws_iam_policy").map(({ values }) => [values.arn, values.policy]),
  );
  const managed = (arn: Json | undefined): PermissionSource =>
    documents.has(arn) && arn !== undefined
      ? inlineSource(textOf(arn, ""), documents.get(arn))
      : managedSource(arn, aws);
  const isOwn = ({ values }: Resource): boolean => values.role === name;
  const { managed_policy_arns: arns, permissions_boundary: boundary } = role;
  const attached = [
    ...(Array.isArray(arns) ? arns : []),
    ...ofType(resources, "aws_iam_role_policy_attachment")
      .filter(isOwn)
      .map(({ values }) => values.policy_arn),
    ...ofType(resources, "aws_iam_policy_attachment")
      .filter(({ values: { roles } }) => Array.isArray(roles) && roles.includes(name))
      .map(({ values }) => values.policy_arn),
  ];
  const inline = [
    ...objectsIn(role.inline_policy).map(({ policy }) => policy),
    ...objectsIn(role.policies).map(({ policy_document: document }) => document),
    ...ofType(resources, "aws_iam_role_policy")
      .filter(isOwn)
      .map(({ values }) => values.policy),
  ];
  return {
    identity: [...inline.map((document) => inlineSource(`of ${name}`, document)), ...attached.map(managed)],
    ...(typeof boundary === "string" && boundary !== "" ? { boundary: managed(boundary) } : {}),
  };
}
