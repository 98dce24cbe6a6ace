import type { AnyRole } from "../../config/model/model";
import { type PolicyDocument, printPolicy } from "../language/document";
import { writeBucketPermissions } from "./buckets/bucket-permissions";
import { deployStatements } from "./deploys/deploy-permissions";
import { writeTerraformPermissions } from "./terraform/permissions";

interface InlinePolicy {
  /** Also part of the Terraform address, so it never changes. */
  readonly name: "bucket" | "deploys" | "statements" | "terraform";
  readonly document: PolicyDocument;
}

/**
 * Every inline policy of a role that is written from the file: one for its bucket, one for its
 * presets, one for the file's own statements, one for running Terraform, each only if the role has
 * it. Policies that are files are in `role.inlinePolicies`.
 */
export function inlinePolicies(role: AnyRole): readonly InlinePolicy[] {
  const policies: InlinePolicy[] = [];
  if (role.bucket !== undefined) {
    policies.push({ name: "bucket", document: writeBucketPermissions(role.bucket, role.account) });
  }
  if (role.deploys !== undefined) {
    const Statement = deployStatements(role.deploys, role.account);
    policies.push({ name: "deploys", document: { Version: "2012-10-17", Statement } });
  }
  if (role.statements.length > 0) {
    policies.push({ name: "statements", document: { Version: "2012-10-17", Statement: role.statements } });
  }
  if (role.terraform !== undefined) {
    policies.push({ name: "terraform", document: writeTerraformPermissions(role, role.terraform) });
  }
  return policies;
}

/** An inline policy as AWS gets it. */
interface InlinePolicyText {
  readonly name: string;
  /** Its JSON. */
  readonly text: string;
  /** Whether it is a file, and not written from access.yaml. */
  readonly isFile: boolean;
}

/**
 * All inline policies of a role: those that are written from access.yaml, then those from files.
 */
export function inlinePolicyTexts(role: AnyRole): readonly InlinePolicyText[] {
  return [
    ...inlinePolicies(role).map(({ name, document }) => ({
      name,
      text: printPolicy(document),
      isFile: false,
    })),
    ...role.inlinePolicies.map(({ name, text }) => ({ name, text, isFile: true })),
  ];
}
