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

/** Uploads `sent` with the signed digest of `declared`. @returns `stored`, or the error code */
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

describe("only the signed body is stored", () => {
  const large = Buffer.alloc(3 * 1_024 * 1_024, "x");
  const changed = Buffer.concat([large.subarray(0, -1), Buffer.from("y")]);
  const [hello, other, none] = ["hello", "hellO", ""].map((text) => Buffer.from(text)) as [
    Buffer,
    Buffer,
    Buffer,
  ];

  test.each<[what: string, declared: Buffer, sent: Buffer]>([
    ["a small body", hello, other],
    ["the last byte of 3 MB", large, changed],
    ["a shorter body", hello, hello.subarray(0, 4)],
    ["an empty body", hello, none],
    ["a body, declared empty", none, hello],
  ])("%s: stored only with the declared digest", async (what, declared, sent) => {
    const key = digestOf(Buffer.from(what));
    expect(await upload(key, declared, sent)).toBe("XAmzContentSHA256Mismatch");
    expect(await isThere(key)).toBe(false);
    expect(await upload(key, declared, declared)).toBe("stored");
    expect(await isThere(key)).toBe(true);
  });
});

describe("a copy includes tags, which requires permissions", () => {
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
    ["objects", "one that does not exist", `${Bucket}/nowhere`, undefined, "AccessDenied"],
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

  test("an allowed copy has the tags", async () => {
    const Key = "with-its-tags";
    const client = await world.s3As("arn:aws:iam::123456789012:role/all-tags");
    await client.send(new CopyObjectCommand({ Bucket, Key, CopySource }));
    client.destroy();
    const found = await world.administrator.send(new GetObjectTaggingCommand({ Bucket, Key }));
    expect(found.TagSet).toEqual([{ Key: "team", Value: "a" }]);
  });
});

test("HeadBucket returns the region even if it is denied", async () => {
  const refused = await world.s3
    .send(new HeadBucketCommand({ Bucket: "secrets" }))
    .catch((error: unknown) => error);
  if (!(refused instanceof S3ServiceException)) throw new Error("it was not refused");
  expect(refused.$metadata.httpStatusCode).toBe(403);
  expect(refused.$response?.headers["x-amz-bucket-region"]).toBe("us-east-1");
  const listed = await ask(world.sandbox.endpoint, "GET", "/secrets", { anonymous: true });
  expect([listed.status, listed.headers["x-amz-bucket-region"]]).toEqual([403, undefined]);
});
