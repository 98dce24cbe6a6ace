import type { StateJson } from "./account";
import { AccountReader } from "./account";
import { said, startWorld, succeeded, type World } from "./world";

jest.setTimeout(300_000);

const ACCOUNT = "123456789012";
const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const ISSUER = `oidc.circleci.com/org/${ORGANIZATION}`;
const PROJECT = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
const ALICE = "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01";
const ANYONE = "????????-????-????-????-????????????";
const PROVIDER_ARN = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;
const STACKS = ["main-identity", "main-state", "main-website"];

let world: World;
let account: AccountReader;
let states: readonly StateJson[];

beforeAll(async () => {
  world = await startWorld();
  account = new AccountReader(world.sandbox);
  succeeded(await world.bootstrap());
  succeeded(await world.cdktf("deploy", []));
  states = await Promise.all(STACKS.map((stack) => account.state(stack)));
});

afterAll(async () => {
  account?.close();
  await world?.stop();
});

test("the one provider is the organization's own issuer, with its one audience and no thumbprint of ours", async () => {
  expect(await account.providers()).toEqual([
    {
      arn: PROVIDER_ARN,
      url: ISSUER,
      audiences: [ORGANIZATION],
      thumbprints: [],
      tags: defaultTags("main-identity"),
    },
  ]);
});

test("there are the two roles and no other", async () => {
  expect(await account.roleNames()).toEqual(["website-deploy", "website-preview"]);
});

test("deploy: alice from main, and nobody else", async () => {
  expect(await account.role("website-deploy")).toEqual({
    arn: `arn:aws:iam::${ACCOUNT}:role/website-deploy`,
    id: expect.any(String),
    description: expect.stringContaining("deploy"),
    maxSessionDuration: 3600,
    trust: trust({
      StringEquals: {
        [`${ISSUER}:aud`]: ORGANIZATION,
        [`${ISSUER}:sub`]: `org/${ORGANIZATION}/project/${PROJECT}/user/${ALICE}/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`,
      },
    }),
    inline: { bucket: ownBucketOnly("acme-website") },
    attached: [],
    tags: defaultTags("main-website"),
  });
});

test("preview: everyone of the project, from any ref of its own repository or none", async () => {
  expect(await account.role("website-preview")).toEqual({
    arn: `arn:aws:iam::${ACCOUNT}:role/website-preview`,
    id: expect.any(String),
    description: expect.stringContaining("preview"),
    maxSessionDuration: 3600,
    trust: trust({
      StringEquals: { [`${ISSUER}:aud`]: ORGANIZATION },
      StringLike: {
        [`${ISSUER}:sub`]: [
          `org/${ORGANIZATION}/project/${PROJECT}/user/${ANYONE}`,
          `org/${ORGANIZATION}/project/${PROJECT}/user/${ANYONE}/vcs-origin/github.com/acme/website/vcs-ref/*`,
        ],
      },
    }),
    inline: { bucket: ownBucketOnly("acme-website-preview") },
    attached: [],
    tags: defaultTags("main-website"),
  });
});

test("there are the three buckets and no other", async () => {
  expect(await account.bucketNames()).toEqual([
    "acme-terraform-state",
    "acme-website",
    "acme-website-preview",
  ]);
});

test.each([
  ["acme-terraform-state", "main-state", 365],
  ["acme-website", "main-website", 30],
  ["acme-website-preview", "main-website", 30],
])(
  "%s is private, versioned, encrypted and TLS only, and its old versions expire",
  async (name, stack, days) => {
    const arn = `arn:aws:s3:::${name}`;
    expect(await account.bucket(name)).toEqual({
      publicAccess: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      ownership: [{ ObjectOwnership: "BucketOwnerEnforced" }],
      encryption: [
        { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false },
      ],
      versioning: "Enabled",
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [arn, `${arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      },
      lifecycle: [
        {
          ID: "expire-old-versions",
          Status: "Enabled",
          Filter: { Prefix: "" },
          NoncurrentVersionExpiration: { NoncurrentDays: days },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        },
      ],
      tags: defaultTags(stack),
    });
  },
);

test("every stack keeps its state in the account's bucket, and no lock is left", async () => {
  expect(await account.objects("acme-terraform-state")).toEqual(STACKS.map((stack) => `${stack}.tfstate`));
});

test("a second plan of every stack has no changes", async () => {
  const unchanged = await Promise.all(STACKS.map((stack) => world.planHasNoChanges(stack)));
  expect(unchanged).toEqual([true, true, true]);
});

test("a second bootstrap and a second deploy change nothing, the states' serials included", async () => {
  const before = await everything();
  const bootstrapped = succeeded(await world.bootstrap());
  expect(bootstrapped.stdout).toContain("bucket acme-terraform-state is there");
  const deployed = said(succeeded(await world.cdktf("deploy", [])));
  expect(deployed.match(/Resources: 0 added, 0 changed, 0 destroyed/g)).toHaveLength(STACKS.length);
  expect(await everything()).toEqual(before);
  expect(await Promise.all(STACKS.map((stack) => account.state(stack)))).toEqual(states);
});

async function everything() {
  const [roles, buckets] = await Promise.all([account.roleNames(), account.bucketNames()]);
  return {
    providers: await account.providers(),
    roles: await Promise.all(roles.map((name) => account.role(name))),
    buckets: await Promise.all(buckets.map((name) => account.bucket(name))),
  };
}

function trust(condition: object): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: PROVIDER_ARN },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: condition,
      },
    ],
  };
}

function ownBucketOnly(bucket: string): object {
  const arn = `arn:aws:s3:::${bucket}`;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ListOwnBucket",
        Effect: "Allow",
        Action: ["s3:ListBucket", "s3:ListBucketMultipartUploads"],
        Resource: arn,
      },
      {
        Sid: "UseObjectsInIt",
        Effect: "Allow",
        Action: [
          "s3:GetObject",
          "s3:PutObject",
          "s3:DeleteObject",
          "s3:AbortMultipartUpload",
          "s3:ListMultipartUploadParts",
        ],
        Resource: `${arn}/*`,
      },
    ],
  };
}

function defaultTags(stack: string): object {
  return {
    "managed-by": "cdktf-circleci-oidc",
    "managed-from": "access.yaml",
    "terraform-state": `s3://acme-terraform-state/${stack}.tfstate`,
  };
}
