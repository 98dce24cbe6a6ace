import { createHash } from "node:crypto";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { type Sandbox, startSandbox } from "../../../../dev/sandbox/sandbox";
import { ask, askRaw, runIn, s3Client, tlsOnly } from "../../../../dev/tools/sandbox-support";

let sandbox: Sandbox;
let s3: S3Client;
let count = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
  s3 = s3Client(sandbox);
});
afterAll(() => sandbox.stop());

async function newBucket(): Promise<string> {
  count += 1;
  const Bucket = `policies-${count}`;
  await s3.send(new CreateBucketCommand({ Bucket }));
  return Bucket;
}

const askProxy = (...[method, path, options]: [string, string, Parameters<typeof ask>[3]?]) =>
  ask(sandbox.endpoint, method, path, options);

test("with the SDK: a policy is returned byte for byte, and its conditional Deny does not block objects", async () => {
  const Bucket = await newBucket();
  const Policy = tlsOnly(Bucket);
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy, ChecksumAlgorithm: "SHA256" }));
  expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
  expect((await s3.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus).toEqual({
    IsPublic: false,
  });
  await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "hello" }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "a" }));
  expect(await Body?.transformToString()).toBe("hello");
  await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
  await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
    name: "NoSuchBucketPolicy",
    $metadata: { httpStatusCode: 404 },
  });
});

test("with the AWS CLI", async () => {
  const bucket = await newBucket();
  const s3api = (...args: string[]) => runIn(sandbox, "aws", ["s3api", ...args, "--bucket", bucket]);
  expect(await s3api("put-bucket-policy", "--policy", tlsOnly(bucket))).toMatchObject({
    exitCode: 0,
    stderr: "",
  });
  const got = await s3api("get-bucket-policy", "--query", "Policy", "--output", "text");
  expect(got.stdout).toBe(`${tlsOnly(bucket)}\n`);
});

test("a policy is addressed by path or by host", async () => {
  const bucket = await newBucket();
  const text = tlsOnly(bucket);
  const hosts = [
    `${bucket}.localhost`,
    `${bucket}.s3.localhost:99`,
    `${bucket}.s3.amazonaws.com`,
    `${bucket}.s3.eu-west-1.amazonaws.com`,
  ];
  for (const host of hosts) {
    expect(await askProxy("PUT", "/?policy", { headers: { host }, body: text })).toMatchObject({
      status: 204,
      body: "",
    });
    expect(await askProxy("GET", `/${bucket}?policy`)).toMatchObject({ status: 200, body: text });
    expect(await askProxy("DELETE", "/?policy", { headers: { host } })).toMatchObject({ status: 204 });
    expect(await askProxy("GET", `/${bucket}/?policy`)).toMatchObject({ status: 404 });
  }
});

test("objects are addressed by path or by host", async () => {
  const bucket = await newBucket();
  const headers = { host: `${bucket}.s3.us-east-1.amazonaws.com` };
  expect(await askProxy("PUT", "/a/b%20c", { headers, body: "hello" })).toMatchObject({ status: 200 });
  expect(await askProxy("GET", `/${bucket}/a/b%20c`, { headers: await presignable() })).toMatchObject({
    body: "hello",
  });
});

/** moto allows only signed requests to read objects, and does not verify the signature. */
async function presignable() {
  const { AWS_ACCESS_KEY_ID } = sandbox.environment;
  const Credential = `${AWS_ACCESS_KEY_ID}/20260801/us-east-1/s3/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 Credential=${Credential}, SignedHeaders=host, Signature=00` };
}

test("a bucket that does not exist", async () => {
  for (const method of ["GET", "PUT", "DELETE"]) {
    const { status, body } = await askProxy(method, "/missing-bucket?policy", {
      body: method === "PUT" ? tlsOnly("missing-bucket") : "",
    });
    expect([status, body]).toEqual([404, expect.stringContaining("<Code>NoSuchBucket</Code>")]);
    expect(body).toContain("<BucketName>missing-bucket</BucketName>");
  }
});

test("an unsupported method", async () => {
  const bucket = await newBucket();
  expect(await askProxy("POST", `/${bucket}?policy`, { body: "x" })).toMatchObject({ status: 405 });
  expect(await askProxy("PUT", `/${bucket}?policyStatus`, { body: "x" })).toMatchObject({ status: 405 });
  expect(await askProxy("HEAD", `/${bucket}?policy`)).toMatchObject({ status: 200, body: "" });
});

test("a malformed policy is rejected and changes nothing", async () => {
  const bucket = await newBucket();
  await askProxy("PUT", `/${bucket}?policy`, { body: tlsOnly(bucket) });
  for (const body of ["{", "[]", '{"Version":"2012-10-17"}', "x".repeat(20_481), "x".repeat(3_000_000)]) {
    const answer = await askProxy("PUT", `/${bucket}?policy`, { body });
    expect([answer.status, answer.body]).toEqual([
      400,
      expect.stringContaining("<Code>MalformedPolicy</Code>"),
    ]);
  }
  expect(await askProxy("GET", `/${bucket}?policy`)).toMatchObject({ body: tlsOnly(bucket) });
});

describe("digests", () => {
  const digest = (algorithm: string, text: string, encoding: "base64" | "hex") =>
    createHash(algorithm).update(text).digest(encoding);
  test.each([
    ["Content-MD5 of another body", { "content-md5": digest("md5", "x", "base64") }, "BadDigest"],
    ["an invalid Content-MD5", { "content-md5": "x" }, "InvalidDigest"],
    ["a checksum of another body", { "x-amz-checksum-crc32": "AAAAAA==" }, "BadDigest"],
    [
      "the hash of another body",
      { "x-amz-content-sha256": digest("sha256", "x", "hex") },
      "XAmzContentSHA256Mismatch",
    ],
    ["invalid chunks", { "content-encoding": "aws-chunked" }, "IncompleteBody"],
  ])("%s → %s", async (_name, headers, code) => {
    const bucket = await newBucket();
    const answer = await askProxy("PUT", `/${bucket}?policy`, { headers, body: tlsOnly(bucket) });
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining(`<Code>${code}</Code>`)]);
    expect(await askProxy("GET", `/${bucket}?policy`)).toMatchObject({ status: 404 });
  });

  test("valid digests", async () => {
    const bucket = await newBucket();
    const body = tlsOnly(bucket);
    const headers = {
      "content-md5": digest("md5", body, "base64"),
      "x-amz-content-sha256": digest("sha256", body, "hex"),
    };
    expect(await askProxy("PUT", `/${bucket}?policy`, { headers, body })).toMatchObject({ status: 204 });
  });

  test("chunks with a trailing checksum, as some SDKs send", async () => {
    const bucket = await newBucket();
    const text = tlsOnly(bucket);
    const trailer = `x-amz-checksum-sha256:${digest("sha256", text, "base64")}`;
    const headers = {
      "content-encoding": "aws-chunked",
      "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
      "x-amz-decoded-content-length": String(text.length),
      "x-amz-trailer": "x-amz-checksum-sha256",
    };
    const framed = (end: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n${end}\r\n\r\n`;
    const wrong = "x-amz-checksum-sha256:AAAA";
    expect(await askProxy("PUT", `/${bucket}?policy`, { headers, body: framed(wrong) })).toMatchObject({
      status: 400,
    });
    expect(await askProxy("PUT", `/${bucket}?policy`, { headers, body: framed(trailer) })).toMatchObject({
      status: 204,
    });
    expect(await askProxy("GET", `/${bucket}?policy`)).toMatchObject({ body: text });
  });
});

test("a call with another expected bucket owner is rejected", async () => {
  const bucket = await newBucket();
  const body = tlsOnly(bucket);
  const as = (owner: string) => ({ headers: { "x-amz-expected-bucket-owner": owner }, body });
  const refused = await askProxy("PUT", `/${bucket}?policy`, as("999999999999"));
  expect([refused.status, refused.body]).toEqual([403, expect.stringContaining("<Code>AccessDenied</Code>")]);
  expect(await askProxy("PUT", `/${bucket}?policy`, as("123456789012"))).toMatchObject({ status: 204 });
});

test("a policy is deleted with its bucket", async () => {
  const Bucket = await newBucket();
  const put = () => s3.send(new PutBucketPolicyCommand({ Bucket, Policy: tlsOnly(Bucket) }));
  const get = () => s3.send(new GetBucketPolicyCommand({ Bucket }));
  await put();
  await s3.send(new CreateBucketCommand({ Bucket }));
  expect((await get()).Policy).toBe(tlsOnly(Bucket));
  await s3.send(new DeleteBucketCommand({ Bucket }));
  await expect(get()).rejects.toMatchObject({ name: "NoSuchBucket" });
  await s3.send(new CreateBucketCommand({ Bucket }));
  await expect(get()).rejects.toMatchObject({ name: "NoSuchBucketPolicy" });
});

test("a bucket that is not empty is not deleted, and keeps its policy", async () => {
  const Bucket = await newBucket();
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: tlsOnly(Bucket) }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "hello" }));
  await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({
    name: "BucketNotEmpty",
  });
  expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(tlsOnly(Bucket));
});

test("an aborted put keeps the previous policy", async () => {
  const bucket = await newBucket();
  await askProxy("PUT", `/${bucket}?policy`, { body: tlsOnly(bucket) });
  const head = `PUT /${bucket}?policy HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n`;
  await askRaw(sandbox.endpoint, `${head}{"Statement":`, 300);
  expect(await askProxy("GET", `/${bucket}?policy`)).toMatchObject({ body: tlsOnly(bucket) });
});
