import type { RoleEntry } from "../schema/schema";
import type { Account } from "./account-model";
import type { Deploys } from "./deploys-model";

type DeploysEntry = NonNullable<RoleEntry["deploys"]>;

/** A role's presets with every default set, and names of roles as ARNs. */
export function buildDeploys(entry: DeploysEntry, account: Pick<Account, "id" | "partition">): Deploys {
  const { cloudfront, ecr, ecs, lambda, cdk, terraform, ssm, secrets } = entry;
  return {
    ...(cloudfront === undefined ? {} : { cloudfront: { ...cloudfront, paths: cloudfront.paths ?? ["/*"] } }),
    ...(ecr === undefined ? {} : { ecr: buildEcr(ecr) }),
    ...(ecs === undefined ? {} : { ecs: buildEcs(ecs, account) }),
    ...(lambda === undefined ? {} : { lambda }),
    ...(cdk === undefined ? {} : { cdk: { qualifier: cdk.qualifier, stacks: cdk.stacks ?? [] } }),
    ...(terraform === undefined
      ? {}
      : { terraform: { ...terraform, directory: terraform.directory ?? "." } }),
    ...(ssm === undefined ? {} : { ssm }),
    ...(secrets === undefined ? {} : { secrets }),
  };
}

function buildEcr({
  repository,
  context = ".",
  dockerfile,
}: NonNullable<DeploysEntry["ecr"]>): NonNullable<Deploys["ecr"]> {
  return { repository, context, ...(dockerfile === undefined ? {} : { dockerfile }) };
}

function buildEcs(
  { cluster, service, container, family = service, taskRoles, image }: NonNullable<DeploysEntry["ecs"]>,
  { id, partition }: Pick<Account, "id" | "partition">,
): NonNullable<Deploys["ecs"]> {
  return {
    cluster,
    service,
    container,
    family,
    taskRoles: taskRoles.map((role) =>
      role.startsWith("arn:") ? role : `arn:${partition}:iam::${id}:role/${role}`,
    ),
    ...(image === undefined ? {} : { image }),
  };
}
