import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { Agent, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetPolicyCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { motoAuthorization } from "../../../../dev/sandbox/moto/moto-request";
import { type Sandbox, startSandbox } from "../../../../dev/sandbox/sandbox";
import { ask, askRaw, runIn, s3Client } from "../../../../dev/tools/sandbox-support";

const AUTHORIZATION = motoAuthorization("s3");
const signed = { authorization: AUTHORIZATION };
const Bucket = "passing";

let sandbox: Sandbox;
let s3: S3Client;
let folder: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  s3 = s3Client(sandbox);
  folder = await mkdtemp(join(tmpdir(), "sandbox-test-"));
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true });
});

const raw = (bytes: string | Buffer) => askRaw(sandbox.endpoint, bytes);

test("150 concurrent requests get their own responses", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 150 });
  const one = (index: number) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(sandbox.endpoint);
      const call = (method: string, body: string, then: (text: string) => void) => {
        const request = httpRequest({
          hostname,
          port,
          method,
          path: `/${Bucket}/many/${index}`,
          agent,
          headers: signed,
        });
        request.on("error", reject);
        request.on("response", (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (part: string) => (text += part));
          response.on("end", () => then(text));
        });
        if (method === "PUT") request.setHeader("Content-Length", Buffer.byteLength(body));
        request.end(method === "PUT" ? body : undefined);
      };
      call("PUT", `body ${index}`, () => call("GET", "", resolve));
    });
  const indexes = Array.from({ length: 150 }, (_, index) => index);
  expect(await Promise.all(indexes.map(one))).toEqual(indexes.map((index) => `body ${index}`));
  agent.destroy();
});

test("the AWS CLI uploads in parts and gets the same bytes back", async () => {
  const bytes = randomBytes(20 * 1024 * 1024);
  await writeFile(join(folder, "up"), bytes);
  const up = await runIn(sandbox, "aws", ["s3", "cp", join(folder, "up"), `s3://${Bucket}/parts`]);
  expect(up).toMatchObject({ exitCode: 0, stderr: "" });
  const { ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key: "parts" }));
  expect(ETag).toMatch(/-3"$/);
  const down = await runIn(sandbox, "aws", ["s3", "cp", `s3://${Bucket}/parts`, join(folder, "down")]);
  expect(down).toMatchObject({ exitCode: 0, stderr: "" });
  expect(bytes.equals(await readFile(join(folder, "down")))).toBe(true);
});

test("the SDK streams a body in aws-chunked pieces with a trailing checksum", async () => {
  const bytes = randomBytes(300_000);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += 70_000) yield bytes.subarray(at, at + 70_000);
  }
  const { Readable } = await import("node:stream");
  const Body = Readable.from(pieces());
  await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: "chunked",
      Body,
      ContentLength: bytes.length,
      ChecksumAlgorithm: "SHA256",
    }),
  );
  const { Body: got } = await s3.send(new GetObjectCommand({ Bucket, Key: "chunked" }));
  expect(bytes.equals(Buffer.from((await got?.transformToByteArray()) ?? []))).toBe(true);
});

test("a chunked body without a length arrives completely", async () => {
  const head = `PUT /${Bucket}/http-chunks HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${AUTHORIZATION}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n`;
  expect(await raw(`${head}5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1.1 200 /);
  expect(await ask(sandbox.endpoint, "GET", `/${Bucket}/http-chunks`, { headers: signed })).toMatchObject({
    body: "hello world",
  });
});

test("IAM and STS are available, with AWS managed policies", async () => {
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } =
    sandbox.environment;
  const options = {
    endpoint: sandbox.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId, secretAccessKey },
  };
  expect(await new STSClient(options).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: sandbox.accountId,
  });
  const PolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  const { Policy } = await new IAMClient(options).send(new GetPolicyCommand({ PolicyArn }));
  expect(Policy?.PolicyName).toBe("ReadOnlyAccess");
});

describe("responses without a body", () => {
  test("HEAD has the length of the object, 204 has no length, 304 is passed on", async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: "head", Body: "hello" }));
    const head = await ask(sandbox.endpoint, "HEAD", `/${Bucket}/head`, { headers: signed });
    expect(head).toMatchObject({ status: 200, body: "", headers: { "content-length": "5" } });
    const etag = head.headers.etag ?? "";
    const again = await ask(sandbox.endpoint, "GET", `/${Bucket}/head`, {
      headers: { ...signed, "if-none-match": etag },
    });
    expect(again).toMatchObject({ status: 304, body: "" });
    const gone = await ask(sandbox.endpoint, "DELETE", `/${Bucket}/head`, { headers: signed });
    expect(gone).toMatchObject({ status: 204, body: "" });
    expect(gone.headers).not.toHaveProperty("content-length");
  });

  test("one connection carries many requests", async () => {
    const get = `HEAD /${Bucket} HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${AUTHORIZATION}\r\n\r\n`;
    expect((await raw(get + get + get)).match(/HTTP\/1.1 200 OK/g)).toHaveLength(3);
  });
});

test("a client that disconnects does not affect the next request", async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: "long", Body: Buffer.alloc(8 * 1024 * 1024) }));
  const socket = connect(Number(new URL(sandbox.endpoint).port), "127.0.0.1");
  socket.write(`GET /${Bucket}/long HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${AUTHORIZATION}\r\n\r\n`);
  await once(socket, "data");
  socket.destroy();
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: "long" }))).ContentLength).toBe(8 * 1024 * 1024);
});
