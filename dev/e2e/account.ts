import {
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  type S3Client,
} from "@aws-sdk/client-s3";
import { createIamClient, createS3Client } from "../../lib/aws/clients";
import type { Sandbox } from "../sandbox/sandbox";

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** The part of a Terraform state that the tests read. */
interface StateJson {
  readonly serial: number;
  readonly lineage: string;
  readonly resources: readonly { readonly type: string; readonly name: string }[];
}

/** Reads the local AWS with the SDK. */
export class AccountReader {
  readonly iam: IAMClient;
  readonly s3: S3Client;

  constructor({ endpoint, environment }: Pick<Sandbox, "endpoint" | "environment">) {
    const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_REGION = "" } = environment;
    const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
    this.iam = createIamClient({ endpoint, region: AWS_REGION, credentials });
    this.s3 = createS3Client({ endpoint, region: AWS_REGION, credentials });
  }

  async roleNames(): Promise<readonly string[]> {
    const { Roles: roles = [] } = await this.iam.send(new ListRolesCommand({}));
    return roles.map(({ RoleName: name = "" }) => name).sort();
  }

  async role(name: string) {
    const named = { RoleName: name };
    const { Role: role } = await this.iam.send(new GetRoleCommand(named));
    const { PolicyNames: names = [] } = await this.iam.send(new ListRolePoliciesCommand(named));
    const { AttachedPolicies: attached = [] } = await this.iam.send(
      new ListAttachedRolePoliciesCommand(named),
    );
    const inline = await Promise.all(
      names.map(async (policy): Promise<[string, unknown]> => {
        const found = await this.iam.send(new GetRolePolicyCommand({ ...named, PolicyName: policy }));
        return [policy, document(found.PolicyDocument)];
      }),
    );
    return {
      arn: role?.Arn,
      id: role?.RoleId,
      description: role?.Description,
      maxSessionDuration: role?.MaxSessionDuration,
      trust: document(role?.AssumeRolePolicyDocument),
      inline: Object.fromEntries(inline),
      attached: attached.map(({ PolicyArn: arn }) => arn),
      tags: tagsOf(role?.Tags),
    };
  }

  async providers() {
    const { OpenIDConnectProviderList: list = [] } = await this.iam.send(
      new ListOpenIDConnectProvidersCommand({}),
    );
    return Promise.all(
      list.map(async ({ Arn: arn }) => {
        const found = await this.iam.send(
          new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }),
        );
        return {
          arn,
          url: found.Url,
          audiences: found.ClientIDList,
          thumbprints: found.ThumbprintList ?? [],
          tags: tagsOf(found.Tags),
        };
      }),
    );
  }

  async bucketNames(): Promise<readonly string[]> {
    const { Buckets: buckets = [] } = await this.s3.send(new ListBucketsCommand({}));
    return buckets.map(({ Name: name = "" }) => name).sort();
  }

  /** The settings that `bootstrap` makes before Terraform runs. */
  async hardening(name: string) {
    const bucket = { Bucket: name };
    const [access, ownership, encryption, versioning, policy] = await Promise.all([
      this.s3.send(new GetPublicAccessBlockCommand(bucket)),
      this.s3.send(new GetBucketOwnershipControlsCommand(bucket)),
      this.s3.send(new GetBucketEncryptionCommand(bucket)),
      this.s3.send(new GetBucketVersioningCommand(bucket)),
      this.s3.send(new GetBucketPolicyCommand(bucket)),
    ]);
    return {
      publicAccess: access.PublicAccessBlockConfiguration,
      ownership: ownership.OwnershipControls?.Rules,
      encryption: encryption.ServerSideEncryptionConfiguration?.Rules,
      versioning: versioning.Status,
      policy: document(policy.Policy),
    };
  }

  /** All settings of a bucket that a stack manages. */
  async bucket(name: string) {
    const bucket = { Bucket: name };
    const [hardening, lifecycle, tagging] = await Promise.all([
      this.hardening(name),
      this.s3.send(new GetBucketLifecycleConfigurationCommand(bucket)),
      this.s3.send(new GetBucketTaggingCommand(bucket)),
    ]);
    return { ...hardening, lifecycle: lifecycle.Rules, tags: tagsOf(tagging.TagSet) };
  }

  async objects(bucket: string): Promise<readonly string[]> {
    const { Contents: objects = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return objects.map(({ Key: key = "" }) => key).sort();
  }

  async text(bucket: string, key: string): Promise<string> {
    const object = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await object.Body?.transformToString()) ?? "";
  }

  async state(stack: string): Promise<StateJson> {
    return JSON.parse(await this.text("acme-terraform-state", `${stack}.tfstate`));
  }

  async remove(bucket: string, key: string): Promise<void> {
    await this.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }

  /** Deletes the bucket if it exists. */
  async removeBucket(name: string): Promise<void> {
    const names = await this.bucketNames();
    if (names.includes(name)) await this.s3.send(new DeleteBucketCommand({ Bucket: name }));
  }

  close(): void {
    this.iam.destroy();
    this.s3.destroy();
  }
}

function document(text: string | undefined): unknown {
  return JSON.parse(decodeURIComponent(text ?? "null"));
}

function tagsOf(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key: key = "", Value: value = "" }) => [key, value]));
}
