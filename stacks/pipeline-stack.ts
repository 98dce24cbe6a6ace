import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { AccountStack, type AccountStackProps, keyedId } from "../constructs/account-stack";
import { CircleCiRole } from "../constructs/circleci-role";
import { PermissionsBoundary } from "../constructs/permissions-boundary";
import type { AnyRole, Role } from "../lib/config/model/model";

export interface PipelineStackProps extends AccountStackProps {
  /** The account's roles that run Terraform; at least one. */
  readonly pipelineRoles: readonly Role[];
  /** All other roles of the account. */
  readonly roles: readonly AnyRole[];
}

/**
 * The roles that run Terraform on the account's stacks, and the permissions boundary of all other
 * roles. An administrator deploys this stack; the role that applies cannot change it.
 */
export class PipelineStack extends AccountStack {
  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    super(scope, id, props);
    const { account, roles } = props;
    if (account.boundary?.from === "computed") new PermissionsBoundary(this, "boundary", { account, roles });
    for (const role of props.pipelineRoles) {
      const scope = new CircleCiRole(this, keyedId(role.key), role);
      new TerraformOutput(scope, "role_arn", { value: scope.arn });
    }
  }
}
