import { createServer, IncomingMessage, type Server, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { BucketPolicies } from "../../../../dev/sandbox/account/bucket-policies";
import { authorizeS3 } from "../../../../dev/sandbox/authorize/authorize-s3";
import { createAuthorizer } from "../../../../dev/sandbox/authorize/authorizer";
import type { LoggedDecision } from "../../../../dev/sandbox/authorize/decision-log";
import { listenOnLoopback } from "../../../../dev/sandbox/http/listen";
import { identify } from "../../../../dev/sandbox/protocol/aws-call";
import type { Exchange } from "../../../../dev/sandbox/protocol/exchange";

/** A backend that records its requests. */
let backend: Server;
let port: number;
let sent: string[];
beforeEach(async () => {
  sent = [];
  backend = createServer((request, response) => {
    sent.push(`${request.method} ${request.url}`);
    request.resume();
    const missing =
      request.url?.includes("publicAccessBlock") === true || request.url?.includes("gone") === true;
    response.statusCode = missing ? 404 : 200;
    response.end(request.method === "POST" ? "<DeleteResult></DeleteResult>" : "");
  });
  port = Number(new URL(await listenOnLoopback(backend)).port);
});
afterEach(() => backend.close());

class CountingPolicies extends BucketPolicies {
  reads = 0;
  override get(bucket: string): Buffer | undefined {
    this.reads += 1;
    return super.get(bucket);
  }
}

/** Deletes these keys as an anonymous caller. */
async function deleteAnonymously(bucket: string, keys: readonly string[], policies: BucketPolicies) {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { method: "POST", url: `/${bucket}?delete`, headers: { host: "localhost" } });
  const objects = keys.map((key) => `<Object><Key>${key}</Key></Object>`);
  request.push(`<Delete>${objects.join("")}</Delete>`);
  request.push(null);
  const call = identify(request);
  if ("unreadable" in call) throw new Error(call.unreadable);
  const response = new ServerResponse(request);
  const parts: string[] = [];
  response.end = (part?: unknown) => {
    parts.push(String(part));
    return response;
  };
  const moto = { host: "127.0.0.1", port, ended: () => undefined };
  const exchange: Exchange = { call, request, response, expectsContinue: false, moto };
  const log: LoggedDecision[] = [];
  const authorizer = createAuthorizer({ policies, log: (one) => log.push(one), now: () => 0 });
  const decided = await authorizeS3(exchange, { kind: "anonymous" }, [], authorizer);
  return { decided, body: parts.join(""), log };
}

const THOUSAND = Array.from({ length: 1_000 }, (_, index) => `key-${index}`);

function policy(bucket: string, ...resources: readonly string[]): Buffer {
  const Statement = resources.map((key) => ({
    Effect: "Allow",
    Principal: "*",
    Action: "s3:DeleteObject",
    Resource: `arn:aws:s3:::${bucket}/${key}`,
  }));
  return Buffer.from(JSON.stringify({ Version: "2012-10-17", Statement }));
}

describe("DeleteObjects with 1,000 keys", () => {
  test("none allowed: each key is decided and logged, and the bucket is read once", async () => {
    const policies = new CountingPolicies();
    const { body, log } = await deleteAnonymously("website", THOUSAND, policies);
    expect(body.match(/<Code>AccessDenied<\/Code>/g)).toHaveLength(1_000);
    expect(log).toHaveLength(1_000);
    expect(new Set(log.map(({ resource }) => resource)).size).toBe(1_000);
    expect(sent).toEqual(["HEAD /website"]);
    expect(policies.reads).toBe(1);
  });

  test("one allowed: only that key is deleted, and public access is read once", async () => {
    const policies = new CountingPolicies();
    policies.set("website", policy("website", "key-7"));
    const { body, log } = await deleteAnonymously("website", THOUSAND, policies);
    expect(body.match(/<Code>AccessDenied<\/Code>/g)).toHaveLength(999);
    expect(log.filter(({ verdict }) => verdict === "allowed").map(({ resource }) => resource)).toEqual([
      "arn:aws:s3:::website/key-7",
    ]);
    expect(sent.sort()).toEqual(["GET /website?publicAccessBlock", "HEAD /website", "POST /website?delete"]);
    expect(policies.reads).toBe(1);
  });

  test("all allowed", async () => {
    const policies = new CountingPolicies();
    policies.set("website", policy("website", "*"));
    const { log } = await deleteAnonymously("website", THOUSAND, policies);
    expect(log.every(({ verdict }) => verdict === "allowed")).toBe(true);
    expect(sent).toEqual(["GET /website?publicAccessBlock", "POST /website?delete"]);
  });

  test("a missing bucket is one error for all keys", async () => {
    const { decided } = await deleteAnonymously("gone", THOUSAND, new BucketPolicies());
    expect(decided).toMatchObject({ code: "NoSuchBucket" });
    expect(sent).toEqual(["HEAD /gone"]);
  });
});
