import type { Role, TerraformScope } from "../../../config/model/model";
import { providerArn, roleArn } from "../../language/arns";
import { policyLiteral } from "../../language/pattern";
import { bucketArn } from "../buckets/bucket-permissions";

/**
 * ARNs of all that the file has in one account, as policies name exactly them: IAM takes `*` in a
 * path for a wildcard otherwise.
 */
export interface Managed {
  /** Roles that do not run Terraform. */
  readonly roles: readonly string[];
  /** Those that do. */
  readonly pipelineRoles: readonly string[];
  /** The OIDC providers; at least one. */
  readonly providers: readonly string[];
  /** Buckets of roles and of projects. */
  readonly buckets: readonly string[];
  /** Those whose objects Terraform may delete. */
  readonly expendableBuckets: readonly string[];
  readonly stateBucket: string;
  /** State objects of stacks that `apply` changes, and of those that only an administrator does. */
  readonly states: readonly string[];
  readonly administratorStates: readonly string[];
  /** Policies that the file names, AWS's own included. */
  readonly policies: readonly string[];
  /** The boundary of `roles`; undefined where the account has none. */
  readonly boundary: string | undefined;
}

/** What a role that runs Terraform has to do with. */
export function managedBy({ account }: Role, scope: TerraformScope): Managed {
  const { roles, pipelineRoles, issuers, stacks, administratorStacks } = scope;
  const stateBucket = bucketArn(account.stateBucket, account.partition);
  const buckets = [...roles.flatMap(({ bucket }) => bucket ?? []), ...scope.buckets];
  const arnOf = ({ name }: { readonly name: string }): string => bucketArn(name, account.partition);
  const stateOf = (stack: string): string => `${stateBucket}/${stack}.tfstate`;
  return {
    roles: roles.map((one) => policyLiteral(roleArn(one))),
    pipelineRoles: pipelineRoles.map((one) => policyLiteral(roleArn({ ...one, account }))),
    providers: issuers.map((issuer) => providerArn(account, issuer)),
    buckets: buckets.map(arnOf),
    expendableBuckets: buckets.filter(({ forceDestroy }) => forceDestroy).map(arnOf),
    stateBucket,
    states: stacks.map(stateOf),
    administratorStates: administratorStacks.map(stateOf),
    policies: [...new Set(roles.flatMap((one) => one.policies))].sort().map(policyLiteral),
    boundary: account.boundary === undefined ? undefined : policyLiteral(account.boundary.arn),
  };
}
