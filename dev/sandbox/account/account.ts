import {
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from "@aws-sdk/client-iam";
import { createIamClient } from "../../../lib/aws/clients";
import { decodeDocument } from "../../../lib/iam/language/decode-document";
import type { Policy } from "../../../lib/iam/language/policy";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { sandboxCredentials } from "../environment/environment";
import { type EntityKind, type LiveEntity, pairs, readEntity } from "./entity";

export interface LiveProvider {
  readonly arn: string;
  readonly audiences: readonly string[];
}

/** A policy with its name or ARN. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

export interface LiveRole {
  readonly arn: string;
  readonly name: string;
  /** `AROA…`. A role that is deleted and created again has a different one. */
  readonly id: string;
  /** Seconds. */
  readonly sessionSeconds: number;
  readonly trust: Policy;
  /** Inline and attached. */
  readonly policies: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
  readonly tags: readonly (readonly [key: string, value: string])[];
}

/** The current IAM configuration of the account, read from moto. Undefined: it does not exist. */
export interface Account {
  readonly provider: (arn: string) => Promise<LiveProvider | undefined>;
  readonly role: (name: string) => Promise<LiveRole | undefined>;
  readonly managedPolicy: (arn: string) => Promise<Policy | undefined>;
  /** @param id a role's name, or the ARN of a policy or provider */
  readonly entity: (kind: EntityKind, id: string) => Promise<LiveEntity | undefined>;
  readonly close: () => void;
}

/** @param endpoint of moto */
export function openAccount(endpoint: string): Account {
  const iam = createIamClient({
    endpoint,
    region: "us-east-1",
    credentials: sandboxCredentials,
    maxAttempts: 1,
  });
  return {
    provider: (arn) => unlessMissing(readProvider(iam, arn)),
    role: (name) => unlessMissing(readRole(iam, name)),
    managedPolicy: (arn) => unlessMissing(readManaged(iam, arn)),
    entity: (kind, id) => unlessMissing(readEntity(iam, kind, id)),
    close: () => iam.destroy(),
  };
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && /^NoSuchEntity/.test(error.name)) return undefined;
    throw error;
  }
}

async function readProvider(iam: IAMClient, arn: string): Promise<LiveProvider> {
  const found = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
  return { arn, audiences: found.ClientIDList ?? [] };
}

async function readRole(iam: IAMClient, name: string): Promise<LiveRole> {
  const [{ Role: role }, inline, attached] = await Promise.all([
    iam.send(new GetRoleCommand({ RoleName: name })),
    readInline(iam, name),
    readAttached(iam, name),
  ]);
  const { Arn: arn, RoleId: id, AssumeRolePolicyDocument: trust } = role ?? {};
  if (role === undefined || arn === undefined || id === undefined || trust === undefined)
    throw new Error(`role ${name} is incomplete`);
  const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    arn,
    name,
    id,
    sessionSeconds: role.MaxSessionDuration ?? 3_600,
    trust: parsePolicy(decodeDocument(trust)),
    policies: [...inline, ...attached],
    ...(boundary === undefined
      ? {}
      : { boundary: { name: boundary, policy: await readManaged(iam, boundary) } }),
    tags: pairs(role.Tags),
  };
}

async function readInline(iam: IAMClient, name: string): Promise<readonly NamedPolicy[]> {
  const names: string[] = [];
  for await (const page of paginateListRolePolicies({ client: iam }, { RoleName: name }))
    names.push(...(page.PolicyNames ?? []));
  return Promise.all(
    names.map(async (policy) => {
      const found = await iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: policy }));
      return { name: policy, policy: parsePolicy(decodeDocument(found.PolicyDocument ?? "")) };
    }),
  );
}

async function readAttached(iam: IAMClient, name: string): Promise<readonly NamedPolicy[]> {
  const arns: string[] = [];
  for await (const page of paginateListAttachedRolePolicies({ client: iam }, { RoleName: name }))
    arns.push(...(page.AttachedPolicies ?? []).map(({ PolicyArn: arn = "" }) => arn));
  return Promise.all(arns.map(async (arn) => ({ name: arn, policy: await readManaged(iam, arn) })));
}

async function readManaged(iam: IAMClient, arn: string): Promise<Policy> {
  const { Policy: policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
  const found = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: policy?.DefaultVersionId ?? "" }),
  );
  return parsePolicy(decodeDocument(found.PolicyVersion?.Document ?? ""));
}
