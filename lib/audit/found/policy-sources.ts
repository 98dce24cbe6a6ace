import type { AwsPolicies } from "../../iam/data/managed-policies";
import type { Json } from "../../iam/language/json";
import type { PermissionSource } from "../../iam/prove/requests/compare-permissions";
import { readTrust } from "./audited-role";

/** A policy by its document, as an object or as text: opaque, if it could not be read. */
export function inlineSource(name: string, document: Json | undefined): PermissionSource {
  const { policy } = readTrust(document, "PolicyDocument");
  return policy === undefined
    ? { kind: "opaque", name: `inline policy ${name}` }
    : { kind: "policy", policy };
}

/** A managed policy by its ARN: opaque, if it is not one of AWS's that this version knows. */
export function managedSource(arn: Json | undefined, aws: AwsPolicies): PermissionSource {
  const name = typeof arn === "string" ? arn : "a policy without an ARN";
  const policy = aws.contentOf(name);
  return policy === undefined ? { kind: "opaque", name } : { kind: "policy", policy };
}
