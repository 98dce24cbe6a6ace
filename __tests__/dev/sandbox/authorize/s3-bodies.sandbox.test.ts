import { createHash } from "node:crypto";
import {
  CopyObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { ask } from "../../../../dev/tools/sandbox-support";
import { signedHeaders } from "../authenticate/sign";
import { Bucket, OWN, SiteSandbox } from "../site-sandbox";
import { outcome, policy } from "../test-sandbox";

const world = new SiteSandbox();
beforeAll(() => world.start(), 60_000);
afterAll(() => world.stop());

function digestOf(body: Buffer): string {
  return createHash("sha256").update(body).digest("hex");
}

/** What S3 answers to an upload whose signed digest is `declared`'s, while `sent` is sent. */
async function upload(key: string, declared: Buffer, sent: Buffer): Promise<string> {
  const { endpoint } = world.sandbox;
  const path = `/${Bucket}/${key}`;
  const headers = signedHeaders(world.keys, "PUT", new URL(endpoint).host, path, {
    payload: digestOf(declared),
  });
  const length = { "Content-Length": sent.length };
  const answer = await ask(endpoint, "PUT", path, {
    anonymous: true,
    body: sent,
    headers: { ...headers, ...length },
  });
  return answer.status === 200 ? "stored" : (/<Code>(.*?)<\/Code>/.exec(answer.body)?.[1] ?? answer.body);
}

async function isThere(key: string): Promise<boolean> {
  return (await ask(world.sandbox.endpoint, "HEAD", `/${Bucket}/${key}`)).status === 200;
}

describe("the body that was signed is the one that is stored", () => {
  const large = Buffer.alloc(3 * 1_024 * 1_024, "x");
  const changed = Buffer.concat([large.subarray(0, -1), Buffer.from("y")]);
  const [hello, other, none] = ["hello", "hellO", ""].map((text) => Buffer.from(text)) as [
    Buffer,
    Buffer,
    Buffer,
  ];

  test.each<[what: string, declared: Buffer, sent: Buffer]>([
    ["one small piece", hello, other],
    ["its last byte of three million", large, changed],
    ["one that is shorter", hello, hello.subarray(0, 4)],
    ["nothing", hello, none],
    ["something, where nothing was declared", none, hello],
  ])("%s changed: nothing is stored; as it was declared, it is", async (what, declared, sent) => {
    const key = digestOf(Buffer.from(what));
    expect(await upload(key, declared, sent)).toBe("XAmzContentSHA256Mismatch");
    expect(await isThere(key)).toBe(false);
    expect(await upload(key, declared, declared)).toBe("stored");
    expect(await isThere(key)).toBe(true);
  });
});

describe("a copy takes tags along, and whoever copies must be allowed to", () => {
  const CopySource = `${Bucket}/tagged`;
  const object = ["s3:GetObject", "s3:PutObject"];
  const statement = (...Action: readonly string[]) =>
    policy({ Effect: "Allow", Action, Resource: `${OWN}/*` });

  beforeAll(async () => {
    const tagged = { Bucket, Key: "tagged", Body: "x", Tagging: "team=a" };
    await world.administrator.send(new PutObjectCommand(tagged));
    await world.administrator.send(new PutObjectCommand({ Bucket, Key: "plain", Body: "x" }));
    await world.createRole("objects", statement(...object));
    await world.createRole("reads-tags", statement(...object, "s3:GetObjectTagging"));
    await world.createRole("all-tags", statement(...object, "s3:GetObjectTagging", "s3:PutObjectTagging"));
  });

  test.each<
    [role: string, what: string, source: string, directive: "COPY" | "REPLACE" | undefined, is: string]
  >([
    ["objects", "an object without tags", `${Bucket}/plain`, undefined, "allowed"],
    ["objects", "one with tags", CopySource, undefined, "AccessDenied"],
    ["objects", "one with tags", CopySource, "COPY", "AccessDenied"],
    ["objects", "one with tags, replacing them", CopySource, "REPLACE", "allowed"],
    ["objects", "one that is not there", `${Bucket}/nowhere`, undefined, "AccessDenied"],
    ["reads-tags", "one with tags", CopySource, undefined, "AccessDenied"],
    ["all-tags", "one with tags", CopySource, undefined, "allowed"],
  ])("%s copies %s (%s, %s): %s", async (role, _, source, directive, is) => {
    const client = await world.s3As(`arn:aws:iam::123456789012:role/${role}`);
    const to = { Bucket, Key: `copy-of-${role}`, CopySource: source };
    const copied = await outcome(
      client.send(
        new CopyObjectCommand({ ...to, ...(directive === undefined ? {} : { TaggingDirective: directive }) }),
      ),
    );
    client.destroy();
    expect(copied).toBe(is);
  });

  test("what was allowed has brought the tags", async () => {
    const Key = "with-its-tags";
    const client = await world.s3As("arn:aws:iam::123456789012:role/all-tags");
    await client.send(new CopyObjectCommand({ Bucket, Key, CopySource }));
    client.destroy();
    const found = await world.administrator.send(new GetObjectTaggingCommand({ Bucket, Key }));
    expect(found.TagSet).toEqual([{ Key: "team", Value: "a" }]);
  });
});

test("where a bucket lies is told to whoever asks by HEAD, also in a refusal; nothing else of it is", async () => {
  const refused = await world.s3
    .send(new HeadBucketCommand({ Bucket: "secrets" }))
    .catch((error: unknown) => error);
  if (!(refused instanceof S3ServiceException)) throw new Error("it was not refused");
  expect(refused.$metadata.httpStatusCode).toBe(403);
  expect(refused.$response?.headers["x-amz-bucket-region"]).toBe("us-east-1");
  const listed = await ask(world.sandbox.endpoint, "GET", "/secrets", { anonymous: true });
  expect([listed.status, listed.headers["x-amz-bucket-region"]]).toEqual([403, undefined]);
});
