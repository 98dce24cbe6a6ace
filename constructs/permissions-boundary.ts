import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { BOUNDARY_NAME } from "../lib/config/model/boundary";
import type { Account, AnyRole } from "../lib/config/model/model";
import { printPolicy } from "../lib/iam/language/document";
import { writeBoundary } from "../lib/iam/write/terraform/boundary";
import { terraformLiteral } from "./terraform-literal";

export interface PermissionsBoundaryProps {
  readonly account: Account;
  /** The roles that have this boundary. */
  readonly roles: readonly AnyRole[];
}

/**
 * The permissions boundary of every role of an account that does not run Terraform, computed from
 * the permissions of those roles.
 */
export class PermissionsBoundary extends Construct {
  constructor(scope: Construct, id: string, { account, roles }: PermissionsBoundaryProps) {
    super(scope, id);
    new IamPolicy(this, "Default", {
      name: BOUNDARY_NAME,
      description: "The most that roles of CircleCI's jobs can do, managed by cdktf-circleci-oidc",
      policy: terraformLiteral(printPolicy(writeBoundary(roles, account))),
    });
  }
}
