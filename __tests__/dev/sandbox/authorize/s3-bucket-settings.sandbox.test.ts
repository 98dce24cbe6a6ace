import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketTaggingCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { tlsOnly } from "../../../../dev/tools/sandbox-support";
import { OWN, SiteSandbox } from "../site-sandbox";
import { policy, roleArn } from "../test-sandbox";

const world = new SiteSandbox();
const RoleName = "settings";
const Bucket = "website";
let client: S3Client;

beforeAll(async () => {
  await world.start();
  await world.createRole(RoleName, policy({ Effect: "Deny", Action: "*", Resource: "*" }));
  client = await world.s3As(roleArn(RoleName));
});
afterAll(async () => {
  client?.destroy();
  await world.stop();
});

/** The decisions on a call of a session with these statements. */
async function decided(
  call: () => Promise<unknown>,
  ...statements: readonly object[]
): Promise<readonly string[]> {
  await world.iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: "inline", PolicyDocument: policy(...statements) }),
  );
  const before = world.decisions.length;
  // The response of moto does not matter here.
  await call().catch(() => undefined);
  return world.decisions
    .slice(before)
    .map(({ action, resource, verdict }) => `${verdict} ${action} on ${resource}`);
}

/**
 * Every call of Terraform's provider for a bucket, with the permission that it requires, whose name
 * often differs.
 */
const CALLS: readonly (readonly [action: string, call: () => Promise<unknown>])[] = [
  ["s3:ListBucket", () => client.send(new HeadBucketCommand({ Bucket }))],
  ["s3:GetBucketLocation", () => client.send(new GetBucketLocationCommand({ Bucket }))],
  [
    "s3:GetAccelerateConfiguration",
    () => client.send(new GetBucketAccelerateConfigurationCommand({ Bucket })),
  ],
  ["s3:GetBucketAcl", () => client.send(new GetBucketAclCommand({ Bucket }))],
  ["s3:GetBucketCORS", () => client.send(new GetBucketCorsCommand({ Bucket }))],
  ["s3:GetEncryptionConfiguration", () => client.send(new GetBucketEncryptionCommand({ Bucket }))],
  ["s3:GetLifecycleConfiguration", () => client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))],
  ["s3:GetBucketLogging", () => client.send(new GetBucketLoggingCommand({ Bucket }))],
  ["s3:GetBucketOwnershipControls", () => client.send(new GetBucketOwnershipControlsCommand({ Bucket }))],
  ["s3:GetBucketPolicy", () => client.send(new GetBucketPolicyCommand({ Bucket }))],
  ["s3:GetReplicationConfiguration", () => client.send(new GetBucketReplicationCommand({ Bucket }))],
  ["s3:GetBucketRequestPayment", () => client.send(new GetBucketRequestPaymentCommand({ Bucket }))],
  ["s3:GetBucketTagging", () => client.send(new GetBucketTaggingCommand({ Bucket }))],
  ["s3:GetBucketVersioning", () => client.send(new GetBucketVersioningCommand({ Bucket }))],
  ["s3:GetBucketWebsite", () => client.send(new GetBucketWebsiteCommand({ Bucket }))],
  [
    "s3:GetBucketObjectLockConfiguration",
    () => client.send(new GetObjectLockConfigurationCommand({ Bucket })),
  ],
  ["s3:GetBucketPublicAccessBlock", () => client.send(new GetPublicAccessBlockCommand({ Bucket }))],
  [
    "s3:PutEncryptionConfiguration",
    () =>
      client.send(
        new PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
          },
        }),
      ),
  ],
  [
    "s3:PutLifecycleConfiguration",
    () =>
      client.send(
        new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [] } }),
      ),
  ],
  ["s3:PutLifecycleConfiguration", () => client.send(new DeleteBucketLifecycleCommand({ Bucket }))],
  [
    "s3:PutBucketOwnershipControls",
    () =>
      client.send(
        new PutBucketOwnershipControlsCommand({
          Bucket,
          OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
        }),
      ),
  ],
  ["s3:PutBucketPolicy", () => client.send(new PutBucketPolicyCommand({ Bucket, Policy: tlsOnly(Bucket) }))],
  ["s3:DeleteBucketPolicy", () => client.send(new DeleteBucketPolicyCommand({ Bucket }))],
  [
    "s3:PutBucketTagging",
    () =>
      client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: "a", Value: "b" }] } })),
  ],
  ["s3:PutBucketTagging", () => client.send(new DeleteBucketTaggingCommand({ Bucket }))],
  [
    "s3:PutBucketVersioning",
    () =>
      client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } })),
  ],
  [
    "s3:PutBucketPublicAccessBlock",
    () =>
      client.send(
        new PutPublicAccessBlockCommand({
          Bucket,
          PublicAccessBlockConfiguration: { BlockPublicAcls: true },
        }),
      ),
  ],
  ["s3:PutBucketPublicAccessBlock", () => client.send(new DeletePublicAccessBlockCommand({ Bucket }))],
];

test.each(CALLS)("%s is the only permission that this call requires", async (action, call) => {
  expect(await decided(call, { Effect: "Allow", Action: action, Resource: OWN })).toEqual([
    `allowed ${action} on ${OWN}`,
  ]);
  expect(await decided(call, { Effect: "Allow", NotAction: action, Resource: "*" })).toEqual([
    `denied ${action} on ${OWN}`,
  ]);
  expect(await decided(call, { Effect: "Allow", Action: action, Resource: "arn:aws:s3:::secrets" })).toEqual([
    `denied ${action} on ${OWN}`,
  ]);
});

test("a bucket is created and deleted by its ARN", async () => {
  const made = "arn:aws:s3:::made";
  const create = (name: string) => () => client.send(new CreateBucketCommand({ Bucket: name }));
  const remove = (name: string) => () => client.send(new DeleteBucketCommand({ Bucket: name }));
  const both = { Effect: "Allow", Action: ["s3:CreateBucket", "s3:DeleteBucket"], Resource: made };
  expect(await decided(create("made"), both)).toEqual([`allowed s3:CreateBucket on ${made}`]);
  expect(await decided(create("made-2"), both)).toEqual(["denied s3:CreateBucket on arn:aws:s3:::made-2"]);
  expect(await decided(remove("website"), both)).toEqual([`denied s3:DeleteBucket on ${OWN}`]);
  expect(await decided(remove("made"), both)).toEqual([`allowed s3:DeleteBucket on ${made}`]);
});

test("settings of a new bucket require additional permissions", async () => {
  const resource = "arn:aws:s3:::made";
  const create = { Effect: "Allow", Action: "s3:CreateBucket", Resource: "*" };
  const send = (input: object) => () => client.send(new CreateBucketCommand({ Bucket: "made", ...input }));
  const asked = async (input: object) => (await decided(send(input), create)).slice(1);
  expect(await asked({ ACL: "private", ObjectLockEnabledForBucket: false })).toEqual([]);
  expect(await asked({ ACL: "public-read" })).toEqual([`denied s3:PutBucketAcl on ${resource}`]);
  expect(await asked({ GrantRead: 'id="1"' })).toEqual([`denied s3:PutBucketAcl on ${resource}`]);
  expect(await asked({ ObjectOwnership: "ObjectWriter" })).toEqual([
    `denied s3:PutBucketOwnershipControls on ${resource}`,
  ]);
  expect(await asked({ ObjectLockEnabledForBucket: true })).toEqual([
    `denied s3:PutBucketObjectLockConfiguration on ${resource}`,
  ]);
});

test("GetBucketRequestPayment does not list objects", async () => {
  await world.put("hidden");
  const { Payer } = await world.administrator.send(new GetBucketRequestPaymentCommand({ Bucket }));
  expect(Payer).toBe("BucketOwner");
  const none = world.administrator.send(new GetBucketRequestPaymentCommand({ Bucket: "nowhere" }));
  await expect(none).rejects.toMatchObject({ name: "NoSuchBucket" });
});
