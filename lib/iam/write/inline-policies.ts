import type { AnyRole } from "../../config/model/model";
import type { PolicyDocument } from "../language/document";
import { writeBucketPermissions } from "./buckets/bucket-permissions";
import { writeTerraformPermissions } from "./terraform/permissions";

export interface InlinePolicy {
  /** Also part of the Terraform address, so it never changes. */
  readonly name: "bucket" | "statements" | "terraform";
  readonly document: PolicyDocument;
}

/**
 * Every inline policy of a role that is written from the file: one for its bucket, one for the
 * file's own statements, one for running Terraform, each only if there is something to say. What it
 * keeps in files of their own is `role.inlinePolicies`.
 */
export function inlinePolicies(role: AnyRole): readonly InlinePolicy[] {
  const policies: InlinePolicy[] = [];
  if (role.bucket !== undefined) {
    policies.push({ name: "bucket", document: writeBucketPermissions(role.bucket, role.account) });
  }
  if (role.statements.length > 0) {
    policies.push({ name: "statements", document: { Version: "2012-10-17", Statement: role.statements } });
  }
  if (role.terraform !== undefined) {
    policies.push({ name: "terraform", document: writeTerraformPermissions(role, role.terraform) });
  }
  return policies;
}
