import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { Bucket, OWN, SiteSandbox } from "../site-sandbox";
import { outcome, policy } from "../test-sandbox";

const world = new SiteSandbox();
beforeAll(() => world.start(), 60_000);
afterAll(() => world.stop());

test("a denial has AWS's message with principal, action, resource and reason, and is logged", async () => {
  world.decisions.length = 0;
  const error = await world.s3
    .send(new PutObjectCommand({ Bucket: "secrets", Key: "a b", Body: "x" }))
    .catch((failed: Error) => failed);
  const message =
    'User: arn:aws:sts::123456789012:assumed-role/deploy/alice is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::secrets/a b" because no identity-based policy allows the s3:PutObject action';
  expect(error).toMatchObject({ name: "AccessDenied", message, $metadata: { httpStatusCode: 403 } });
  expect(world.decisions).toEqual([
    {
      time: expect.any(String),
      caller: "arn:aws:sts::123456789012:assumed-role/deploy/alice",
      action: "s3:PutObject",
      resource: "arn:aws:s3:::secrets/a b",
      verdict: "denied",
      code: "AccessDenied",
      message,
      policies: [{ kind: "identity", name: "inline", because: "implicit-deny", dependsOn: [] }],
    },
  ]);
});

test("a missing object is 404 with s3:ListBucket, and 403 without", async () => {
  const blind = await world.createRole(
    "blind",
    policy({ Effect: "Allow", Action: "s3:GetObject", Resource: `${OWN}/*` }),
  );
  const client = await world.s3As(blind);
  const none = new GetObjectCommand({ Bucket, Key: "none" });
  expect([await outcome(world.s3.send(none)), await outcome(client.send(none))]).toEqual([
    "NoSuchKey",
    "AccessDenied",
  ]);
  client.destroy();
});

test("a bucket that does not exist", async () => {
  expect(await outcome(world.s3.send(new ListObjectsV2Command({ Bucket: "nowhere" })))).toBe("NoSuchBucket");
});

test("DeleteObjects: each object is authorized separately, and denied ones are kept", async () => {
  const picky = await world.createRole(
    "picky",
    policy({ Effect: "Allow", Action: "s3:DeleteObject", Resource: `${OWN}/mine/*` }),
  );
  const client = await world.s3As(picky);
  const names = ["mine/<a> & b", "mine/c", "theirs/d", "mine/../theirs/e"];
  for (const name of names) await world.put(name);
  const Objects = [...names.map((Key) => ({ Key })), { Key: "mine/c", VersionId: "old" }];
  const answer = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  expect(answer.Deleted?.map(({ Key }) => Key)).toEqual(["mine/<a> & b", "mine/c", "mine/../theirs/e"]);
  expect(answer.Errors).toMatchObject([
    { Key: "theirs/d", Code: "AccessDenied" },
    { Key: "mine/c", VersionId: "old", Code: "AccessDenied" },
  ]);
  const quiet = await client.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "mine/c" }], Quiet: true } }),
  );
  expect([quiet.Deleted, quiet.Errors]).toEqual([undefined, undefined]);
  const { Contents = [] } = await world.s3.send(new ListObjectsV2Command({ Bucket, Prefix: "theirs/" }));
  expect(Contents.map(({ Key }) => Key)).toEqual(["theirs/d"]);
  client.destroy();
});

test("a condition on s3:prefix", async () => {
  const Condition = { StringLike: { "s3:prefix": ["public/*", "public/"] } };
  const lister = await world.createRole(
    "lister",
    policy({ Effect: "Allow", Action: "s3:ListBucket", Resource: OWN, Condition }),
  );
  const client = await world.s3As(lister);
  const list = (Prefix?: string) =>
    outcome(client.send(new ListObjectsV2Command({ Bucket, ...(Prefix === undefined ? {} : { Prefix }) })));
  expect(await Promise.all([list("public/a"), list("private/"), list(), list("")])).toEqual([
    "allowed",
    "AccessDenied",
    "AccessDenied",
    "AccessDenied",
  ]);
  client.destroy();
});
