import type { AwsPolicies } from "../../iam/data/managed-policies";
import { isJsonObject, type Json, type JsonObject } from "../../iam/language/json";
import type { Policy } from "../../iam/language/policy";
import type { PermissionSource, Permissions } from "../../iam/prove/requests/compare-permissions";
import { objectsIn, readTrust, textOf } from "../found/audited-role";
import { inlineSource } from "../found/policy-sources";

/** The policy with an ARN: opaque, if what it contains is not known. */
type SourceOf = (arn: Json | undefined) => PermissionSource;

/**
 * Managed policies by ARN: the customer's, of the `Policies` of
 * `get-account-authorization-details`, and AWS's.
 */
export function managedPoliciesIn(details: JsonObject, aws: AwsPolicies): SourceOf {
  const policies = new Map(
    objectsIn(details.Policies).map((one) => [textOf(one.Arn, ""), defaultVersion(one)]),
  );
  return (arn) => {
    const name = textOf(arn, "a policy without an ARN");
    const policy = policies.get(name) ?? aws.contentOf(name);
    return policy === undefined ? { kind: "opaque", name } : { kind: "policy", policy };
  };
}

/** The policies in and at a role, a user or a group. @param inline the key of those in it */
export function identityPoliciesOf(
  principal: JsonObject,
  inline: "RolePolicyList" | "UserPolicyList" | "GroupPolicyList",
  managed: SourceOf,
): readonly PermissionSource[] {
  return [
    ...objectsIn(principal[inline]).map(({ PolicyName: name, PolicyDocument: document }) =>
      inlineSource(textOf(name, "without a name"), document),
    ),
    ...objectsIn(principal.AttachedManagedPolicies).map(({ PolicyArn: arn }) => managed(arn)),
  ];
}

/** Within the principal's permissions boundary, if it has one. */
export function withBoundary(
  { PermissionsBoundary: boundary }: JsonObject,
  identity: readonly PermissionSource[],
  managed: SourceOf,
): Permissions {
  if (!isJsonObject(boundary)) return { identity };
  return { identity, boundary: managed(boundary.PermissionsBoundaryArn) };
}

function defaultVersion({ PolicyVersionList: versions }: JsonObject): Policy | undefined {
  const version = objectsIn(versions).find(({ IsDefaultVersion: is }) => is === true);
  return version === undefined ? undefined : readTrust(version.Document, "Document").policy;
}
