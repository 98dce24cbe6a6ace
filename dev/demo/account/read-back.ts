import {
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  type IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListRolePoliciesCommand,
  paginateListRoles,
} from "@aws-sdk/client-iam";
import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { createIamClient, createS3Client, unlessUnset } from "../../../lib/aws/clients";

/** An AWS endpoint, with the credentials of the sandbox's administrator. */
export interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

interface LiveProvider {
  readonly arn: string;
  readonly url: string;
  readonly audiences: readonly string[];
}

export interface LiveRole {
  readonly name: string;
  readonly arn: string;
  /** The trust policy as JSON text. */
  readonly trust: string;
  readonly inlinePolicies: readonly string[];
}

export interface LiveBucket {
  readonly name: string;
  readonly publicAccessBlocked: boolean;
  readonly versioned: boolean;
  /** `AES256`, `aws:kms`, …, or `none`. */
  readonly encryption: string;
  /** As JSON text; empty if there is none. */
  readonly policy: string;
  readonly objects: readonly string[];
}

export interface LiveAccount {
  readonly providers: readonly LiveProvider[];
  readonly roles: readonly LiveRole[];
  readonly buckets: readonly LiveBucket[];
}

/** Everything in the account as AWS reports it, without our own model. Sorted by name. */
export async function readBack(connection: Connection): Promise<LiveAccount> {
  const iam = createIamClient(connection);
  const s3 = createS3Client(connection);
  try {
    const [providers, roles, buckets] = await Promise.all([
      readProviders(iam),
      readRoles(iam),
      readBuckets(s3),
    ]);
    return { providers, roles, buckets };
  } finally {
    iam.destroy();
    s3.destroy();
  }
}

async function readProviders(iam: IAMClient): Promise<readonly LiveProvider[]> {
  const { OpenIDConnectProviderList: list = [] } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
  return Promise.all(
    list.map(async ({ Arn: arn = "" }) => {
      const found = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
      return { arn, url: found.Url ?? "", audiences: found.ClientIDList ?? [] };
    }),
  );
}

async function readRoles(iam: IAMClient): Promise<readonly LiveRole[]> {
  const names: string[] = [];
  for await (const page of paginateListRoles({ client: iam }, {})) {
    names.push(...(page.Roles ?? []).map((role) => role.RoleName ?? ""));
  }
  return Promise.all(
    names.sort().map(async (name) => {
      const [{ Role: role }, policies] = await Promise.all([
        iam.send(new GetRoleCommand({ RoleName: name })),
        iam.send(new ListRolePoliciesCommand({ RoleName: name })),
      ]);
      return {
        name,
        arn: role?.Arn ?? "",
        trust: decodeURIComponent(role?.AssumeRolePolicyDocument ?? ""),
        inlinePolicies: policies.PolicyNames ?? [],
      };
    }),
  );
}

async function readBuckets(s3: S3Client): Promise<readonly LiveBucket[]> {
  const { Buckets: buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const names = buckets.map((bucket) => bucket.Name ?? "").sort();
  return Promise.all(names.map((name) => readBucket(s3, name)));
}

async function readBucket(s3: S3Client, name: string): Promise<LiveBucket> {
  const bucket = { Bucket: name };
  const [access, versioning, encryption, policy] = await Promise.all([
    unlessUnset("NoSuchPublicAccessBlockConfiguration", s3.send(new GetPublicAccessBlockCommand(bucket))),
    s3.send(new GetBucketVersioningCommand(bucket)),
    unlessUnset(
      "ServerSideEncryptionConfigurationNotFoundError",
      s3.send(new GetBucketEncryptionCommand(bucket)),
    ),
    unlessUnset("NoSuchBucketPolicy", s3.send(new GetBucketPolicyCommand(bucket))),
  ]);
  const blocked = access?.PublicAccessBlockConfiguration;
  const [rule] = encryption?.ServerSideEncryptionConfiguration?.Rules ?? [];
  const objects: string[] = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, bucket)) {
    objects.push(...(page.Contents ?? []).map((object) => object.Key ?? ""));
  }
  return {
    name,
    publicAccessBlocked:
      blocked?.BlockPublicAcls === true &&
      blocked.BlockPublicPolicy === true &&
      blocked.IgnorePublicAcls === true &&
      blocked.RestrictPublicBuckets === true,
    versioned: versioning.Status === "Enabled",
    encryption: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? "none",
    policy: policy?.Policy ?? "",
    objects,
  };
}
