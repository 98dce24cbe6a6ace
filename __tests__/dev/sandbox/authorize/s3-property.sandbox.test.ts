import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import fc from "fast-check";
import { compileAccess } from "../../../../lib/iam/evaluate/access";
import { requestKeys } from "../../../../lib/iam/evaluate/request";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import { cases } from "../../../iam/automata/cases";
import { Bucket, SiteSandbox } from "../site-sandbox";
import { outcome, policy, roleArn } from "../test-sandbox";
import { anyStatement } from "./any-statement";

const world = new SiteSandbox();
const RoleName = "random";
const SESSION = "arn:aws:sts::123456789012:assumed-role/random/alice";
let client: S3Client;

beforeAll(async () => {
  await world.start();
  client = await world.s3As(
    await world.createRole(RoleName, policy({ Effect: "Deny", Action: "*", Resource: "*" })),
  );
  for (const key of ["a", "b/c", "b/*"]) {
    await world.put(key);
    await world.administrator.send(new PutObjectCommand({ Bucket: "secrets", Key: key, Body: "x" }));
  }
});
afterAll(async () => {
  client?.destroy();
  await world.stop();
});

interface Call {
  readonly bucket: string;
  readonly key: string;
  readonly kind: "get" | "put" | "delete" | "list" | "tagging" | "copy";
}

const bucket = fc.constantFrom(Bucket, "secrets");
const call: fc.Arbitrary<Call> = fc.record({
  bucket,
  key: fc.constantFrom("a", "b/c", "b/*"),
  kind: fc.constantFrom(
    "get" as const,
    "put" as const,
    "delete" as const,
    "list" as const,
    "tagging" as const,
    "copy" as const,
  ),
});

const action = fc.constantFrom(
  ...[
    "s3:*",
    "s3:GetObject",
    "s3:getobject",
    "s3:Put*",
    "s3:DeleteObject",
    "s3:ListBucket",
    "s3:Get*",
    "s3:?etObject",
    "*",
  ],
);
const resource = fc.constantFrom(
  ...[
    "*",
    "arn:aws:s3:::*",
    `arn:aws:s3:::${Bucket}`,
    `arn:aws:s3:::${Bucket}/*`,
    "arn:aws:s3:::secrets/b/*",
    "arn:aws:s3:::*/a",
    "arn:aws:s3:::secrets*",
    "arn:aws:s3:::website/b/[*]",
    "arn:aws:s3:::website/b/${*}",
  ],
);
const condition = fc.constantFrom<object>(
  ...[
    {},
    { StringEquals: { "s3:prefix": "b/c" } },
    { StringNotEquals: { "s3:prefix": "a" } },
    { Null: { "s3:prefix": "true" } },
  ],
  ...[{ Bool: { "aws:SecureTransport": "true" } }, { ArnLike: { "aws:PrincipalArn": roleArn("r*") } }],
  ...[
    { StringEquals: { "aws:userid": "somebody" } },
    { StringLikeIfExists: { "s3:x-amz-copy-source": "secrets/*" } },
  ],
);
const statement = anyStatement(action, resource, condition);
const identity = fc.array(statement, { minLength: 1, maxLength: 3 });
const principal = fc.constantFrom<unknown>(
  "*",
  { AWS: roleArn(RoleName) },
  { AWS: SESSION },
  { AWS: "123456789012" },
  { AWS: roleArn("other") },
);
/** S3 rejects a bucket policy for another bucket. */
const ofBucket = fc
  .array(
    fc.record({
      Effect: fc.constantFrom("Allow", "Deny"),
      Principal: principal,
      Action: action,
      within: fc.constantFrom("", "/*", "/b/*"),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((statements) =>
    statements.map(({ within, ...rest }) => ({ ...rest, Resource: `arn:aws:s3:::secrets${within}` })),
  );

const commands = {
  get: ({ bucket: Bucket, key: Key }: Call) => client.send(new GetObjectCommand({ Bucket, Key })),
  put: ({ bucket: Bucket, key: Key }: Call) => client.send(new PutObjectCommand({ Bucket, Key, Body: "x" })),
  delete: ({ bucket: Bucket, key: Key }: Call) =>
    client.send(new DeleteObjectCommand({ Bucket, Key: `${Key}-gone` })),
  list: ({ bucket: Bucket, key: Prefix }: Call) => client.send(new ListObjectsV2Command({ Bucket, Prefix })),
  tagging: ({ bucket: Bucket, key: Key }: Call) => client.send(new GetObjectTaggingCommand({ Bucket, Key })),
  copy: ({ bucket: Bucket, key: Key }: Call) =>
    client.send(new CopyObjectCommand({ Bucket, Key, CopySource: "secrets/a" })),
};

/** The permissions of each call, listed here and not taken from the proxy. */
function permissionsOf({
  bucket: name,
  key,
  kind,
}: Call): readonly (readonly [action: string, bucket: string, key?: string])[] {
  const actions = {
    get: "s3:GetObject",
    put: "s3:PutObject",
    delete: "s3:DeleteObject",
    tagging: "s3:GetObjectTagging",
  };
  if (kind === "list") return [["s3:ListBucket", name]];
  if (kind === "copy")
    return [
      ["s3:PutObject", name, key],
      ["s3:GetObject", "secrets", "a"],
    ];
  // Objects that other calls read are kept: a missing one is 403 without s3:ListBucket.
  return [[actions[kind], name, kind === "delete" ? `${key}-gone` : key]];
}

test("the proxy forwards exactly the calls that the policies allow", async () => {
  let allowed = 0;
  const run = async (statements: readonly object[], secrets: readonly object[], calls: readonly Call[]) => {
    const document = policy(...statements);
    await world.iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: "inline", PolicyDocument: document }),
    );
    await world.administrator.send(
      new PutBucketPolicyCommand({ Bucket: "secrets", Policy: policy(...secrets) }),
    );
    for (const one of calls) {
      const expected = permissionsOf(one).every(([asked, name, key]) => {
        const decideCall = compileAccess(
          {
            identity: [parsePolicy(document)],
            ...(name === "secrets" ? { resource: parsePolicy(policy(...secrets)) } : {}),
          },
          { type: "AWS", account: "123456789012", arn: SESSION, role: roleArn(RoleName) },
        );
        const known = [
          ["aws:SecureTransport", "true"],
          ["aws:PrincipalArn", roleArn(RoleName)],
          ["aws:userid", "AROAEXAMPLE:alice"],
          ...(one.kind === "list" ? ([["s3:prefix", one.key]] as const) : []),
          ...(one.kind === "copy" ? ([["s3:x-amz-copy-source", "secrets/a"]] as const) : []),
        ] as const;
        const found = key === undefined ? `arn:aws:s3:::${name}` : `arn:aws:s3:::${name}/${key}`;
        const { verdict } = decideCall({
          action: asked,
          resource: found,
          keys: requestKeys(known, "absent"),
        });
        return verdict === "allowed";
      });
      const answer = await outcome(commands[one.kind](one));
      expect([one, answer === "AccessDenied" ? "denied" : "forwarded"]).toEqual([
        one,
        expected ? "forwarded" : "denied",
      ]);
      if (expected) allowed += 1;
    }
  };
  await fc.assert(
    fc.asyncProperty(identity, ofBucket, fc.array(call, { minLength: 4, maxLength: 8 }), run),
    cases(60, 3_000),
  );
  expect(allowed).toBeGreaterThan(20);
}, 3_600_000);
