import {
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetRoleCommand,
  type IAMClient,
  type Tag,
} from "@aws-sdk/client-iam";

export type EntityKind = "role" | "policy" | "oidc-provider";

/** A role, managed policy or provider, with the attributes that condition keys can refer to. */
export interface LiveEntity {
  /** Includes the path. */
  readonly arn: string;
  /**
   * ARN of a role's permissions boundary. Undefined for a role without one, and for other entities.
   */
  readonly boundary?: string;
  readonly tags: readonly (readonly [key: string, value: string])[];
}

/** @param id a role's name, or the ARN of a policy or provider */
export function readEntity(iam: IAMClient, kind: EntityKind, id: string): Promise<LiveEntity> {
  if (kind === "role") return readRole(iam, id);
  return kind === "policy" ? readPolicy(iam, id) : readProvider(iam, id);
}

async function readRole(iam: IAMClient, name: string): Promise<LiveEntity> {
  const { Role: role } = await iam.send(new GetRoleCommand({ RoleName: name }));
  if (role?.Arn === undefined) throw new Error(`role ${name} has no ARN`);
  const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
  return { arn: role.Arn, tags: pairs(role.Tags), ...(boundary === undefined ? {} : { boundary }) };
}

async function readPolicy(iam: IAMClient, arn: string): Promise<LiveEntity> {
  const { Policy: policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
  return { arn, tags: pairs(policy?.Tags) };
}

async function readProvider(iam: IAMClient, arn: string): Promise<LiveEntity> {
  const { Tags: tags } = await iam.send(
    new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }),
  );
  return { arn, tags: pairs(tags) };
}

export function pairs(tags: readonly Tag[] = []): LiveEntity["tags"] {
  return tags.map(({ Key: key = "", Value: value = "" }) => [key, value] as const);
}
