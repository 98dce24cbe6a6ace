import { accountView } from "../../config/model/account-view";
import { BOUNDARY_NAME, computedBoundaryArn } from "../../config/model/boundary";
import type { Access, Account, AnyRole } from "../../config/model/model";
import { providerId } from "../../config/model/provider-id";
import { providerArn, roleArn } from "../../iam/language/arns";
import { printPolicy } from "../../iam/language/document";
import { inlinePolicyTexts } from "../../iam/write/inline-policies";
import { writeBoundary } from "../../iam/write/terraform/boundary";
import { trustTextOf } from "../../iam/write/trust/trust-policy";
import { issuerOf, issuerUrl } from "../../token/issuer";
import type { DeclaredBucket } from "./bucket-resources";
import type { LiveResource } from "./live-resource";

/** A role of access.yaml and the stack that declares it. */
interface DeclaredRole {
  readonly stack: string;
  readonly role: AnyRole;
}

/** The roles of an account, each with its stack. */
export function declaredRoles(access: Access, account: Account): readonly DeclaredRole[] {
  const { stacks, pipelineRoles } = accountView(access, account);
  return [
    ...pipelineRoles.map((role) => ({ stack: stacks.pipeline ?? "", role })),
    ...stacks.projects.flatMap(({ name, roles }) => roles.map((role) => ({ stack: name, role }))),
  ];
}

/** The buckets of an account, the state bucket first. Names in Terraform: stacks/. */
export function declaredBuckets(access: Access, account: Account): readonly DeclaredBucket[] {
  const { stacks } = accountView(access, account);
  const { partition } = account;
  return [
    { stack: stacks.state, id: "state", bucket: account.stateBucket, partition, keep: [] },
    ...stacks.projects.flatMap(({ name: stack, roles, buckets }) => [
      ...roles.flatMap(({ key, bucket }) =>
        bucket === undefined
          ? []
          : [{ stack, id: `${key}_bucket`, bucket: bucket.name, partition, keep: bucket.keep }],
      ),
      ...buckets.map(({ key, name, keep }) => ({ stack, id: `${key}_own`, bucket: name, partition, keep })),
    ]),
  ];
}

/** A role with all its policies, as `aws_iam_role` has them. */
export function declaredRole({ stack, role }: DeclaredRole): LiveResource {
  const inline = inlinePolicyTexts(role).map(({ name, text }) => ({ name, policy: text }));
  return {
    stack,
    type: "aws_iam_role",
    name: role.key,
    values: {
      arn: roleArn(role),
      name: role.name,
      path: role.path,
      assume_role_policy: trustTextOf(role),
      inline_policy: inline.sort((one, other) => (one.name < other.name ? -1 : 1)),
      managed_policy_arns: role.policies,
      max_session_duration: role.sessionSeconds,
      ...(role.permissionsBoundary === undefined ? {} : { permissions_boundary: role.permissionsBoundary }),
    },
  };
}

/** The account's OIDC providers. access.yaml names no thumbprints, which AWS chooses. */
export function declaredProviders(access: Access, account: Account): readonly LiveResource[] {
  const { stacks, providers } = accountView(access, account);
  return providers.map(({ organization, audiences }) => ({
    stack: stacks.identity,
    type: "aws_iam_openid_connect_provider",
    name: providerId(organization),
    values: {
      arn: providerArn(account, issuerOf(organization)),
      url: issuerUrl(issuerOf(organization)),
      client_id_list: audiences,
    },
  }));
}

/** The permissions boundary that is computed from the file, if there is one. */
export function declaredBoundary(access: Access, account: Account): readonly LiveResource[] {
  const { stacks, projectRoles } = accountView(access, account);
  if (account.boundary?.from !== "computed" || stacks.pipeline === undefined) return [];
  return [
    {
      stack: stacks.pipeline,
      type: "aws_iam_policy",
      name: "boundary",
      values: {
        arn: computedBoundaryArn(account),
        name: BOUNDARY_NAME,
        path: "/",
        policy: printPolicy(writeBoundary(projectRoles, account)),
      },
    },
  ];
}
