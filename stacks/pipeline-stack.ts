import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { AccountStack, type AccountStackProps, keyedId } from "../constructs/account-stack";
import { CircleCiRole } from "../constructs/circleci-role";
import { PermissionsBoundary } from "../constructs/permissions-boundary";
import type { AnyRole, Role } from "../lib/config/model/model";

export interface PipelineStackProps extends AccountStackProps {
  /** The account's roles that run Terraform: one at least. */
  readonly pipelineRoles: readonly Role[];
  /** All others in the account. */
  readonly roles: readonly AnyRole[];
}

/**
 * The roles that run Terraform on the account's stacks, and the boundary that keeps every other
 * role weaker than they are. An administrator deploys it: the role that applies can change nothing
 * in here.
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
