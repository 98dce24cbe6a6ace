import { createHash } from "node:crypto";
import { unsignedHeaders } from "../../../../dev/sandbox/authenticate/signature";
import { ask } from "../../../../dev/tools/sandbox-support";
import { Bucket, SiteSandbox } from "../site-sandbox";
import { presignedPath, type SignedOptions, signedHeaders } from "./sign";

const world = new SiteSandbox();
beforeAll(() => world.start(), 60_000);
afterAll(() => world.stop());

const SIGNED_BY_ALL = {
  accessKeyId: "A",
  date: "20260101",
  region: "us-east-1",
  service: "s3",
  signature: "",
  timestamp: "",
};

test.each([
  ["host", { host: "h" }, ["host"], []],
  ["host not signed", { host: "h", "x-amz-date": "d" }, ["x-amz-date"], ["host"]],
  [
    "headers added",
    { host: "h", "x-amz-acl": "a", "x-amz-tagging": "t" },
    ["host"],
    ["x-amz-acl", "x-amz-tagging"],
  ],
  [
    "headers that need no signature",
    { host: "h", "x-amzn-trace-id": "t", "content-type": "c" },
    ["host"],
    [],
  ],
  ["a signed header that is not sent", { host: "h" }, ["host", "x-amz-acl"], []],
])("unsigned headers: %s", (_, headers, signedHeaders, missing) => {
  expect(unsignedHeaders({ ...SIGNED_BY_ALL, signedHeaders }, { headers })).toEqual(missing);
});

async function put(key: string, options: SignedOptions, added: Readonly<Record<string, string>> = {}) {
  const { endpoint } = world.sandbox;
  const path = `/${Bucket}/${key}`;
  const signed = signedHeaders(world.keys, "PUT", new URL(endpoint).host, path, options);
  const { status, body } = await ask(endpoint, "PUT", path, {
    anonymous: true,
    headers: { ...signed, ...added },
    body: "hello",
  });
  const [, code = "allowed"] = /<Code>(.*?)<\/Code>/.exec(body) ?? [];
  const [, names] = /<HeadersNotSigned>(.*?)<\/HeadersNotSigned>/.exec(body) ?? [];
  return { status, code, names };
}

describe("an Authorization header must sign host and every x-amz-* header", () => {
  const refused = (names: string) => ({ status: 403, code: "AccessDenied", names });
  test.each([
    ["all signed", {}, {}, { status: 200, code: "allowed" }],
    ["metadata signed too", { more: { "x-amz-meta-a": "1" } }, {}, { status: 200, code: "allowed" }],
    ["the content type added", {}, { "Content-Type": "text/html" }, { status: 200, code: "allowed" }],
    ["metadata added", {}, { "x-amz-meta-a": "1" }, refused("x-amz-meta-a")],
    ["metadata added in capitals", {}, { "X-AMZ-META-A": "1" }, refused("x-amz-meta-a")],
    ["a copy source added", {}, { "x-amz-copy-source": "/secrets/plan" }, refused("x-amz-copy-source")],
    ["host not signed", { signs: (name: string) => name !== "host" }, {}, refused("host")],
    [
      "only the date signed",
      { signs: (name: string) => name === "x-amz-date" },
      {},
      refused("host, x-amz-content-sha256, x-amz-security-token"),
    ],
  ])("%s", async (_, options, added, expected) => {
    expect(await put("by-header", options, added)).toEqual(expected);
  });

  test("other services respond with their own error", async () => {
    const body = "Action=GetRole&RoleName=deploy";
    const payload = createHash("sha256").update(body).digest("hex");
    const { host } = new URL(world.sandbox.endpoint);
    const signs = (name: string) => name !== "host";
    const headers = signedHeaders(world.keys, "POST", host, "/", { payload, service: "iam", signs });
    const answer = await ask(world.sandbox.endpoint, "POST", "/", {
      anonymous: true,
      headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" },
      body,
    });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain(
      "<Code>SignatureDoesNotMatch</Code><Message>'Host' or ':authority' must be a 'SignedHeader'",
    );
  });
});

describe("a presigned URL", () => {
  const send = (headers: Readonly<Record<string, string>>, signed?: Readonly<Record<string, string>>) => {
    const { endpoint } = world.sandbox;
    const { host } = new URL(endpoint);
    const path = presignedPath(world.keys, "PUT", host, `/${Bucket}/by-url`, signed ?? { host });
    return ask(endpoint, "PUT", path, { anonymous: true, headers, body: "hello" });
  };

  test("is valid with its signed headers and any content type", async () => {
    expect((await send({})).status).toBe(200);
    expect((await send({ "Content-Type": "text/plain" })).status).toBe(200);
    const { host } = new URL(world.sandbox.endpoint);
    expect((await send({ "x-amz-meta-a": "1" }, { host, "x-amz-meta-a": "1" })).status).toBe(200);
    expect((await send({ "x-amz-meta-a": "2" }, { host, "x-amz-meta-a": "1" })).status).toBe(403);
  });

  test("must sign the host", async () => {
    const answer = await send({ "x-amz-meta-a": "1" }, { "x-amz-meta-a": "1" });
    expect(answer.body).toContain("<HeadersNotSigned>host</HeadersNotSigned>");
  });

  test.each([{ "x-amz-copy-source": "/secrets/plan" }, { "x-amz-meta-a": "1" }, { "x-amz-tagging": "a=b" }])(
    "is rejected with a header that was added after signing: %j",
    async (headers) => {
      world.decisions.length = 0;
      const answer = await send(headers);
      expect(world.decisions.map(({ verdict }) => verdict)).toEqual(["denied"]);
      expect(answer.status).toBe(403);
      expect(answer.body).toContain(`<HeadersNotSigned>${Object.keys(headers).join()}</HeadersNotSigned>`);
    },
  );
});

describe("Signature Version 2 is rejected", () => {
  test.each([
    ["a URL", "?AWSAccessKeyId=KEY&Signature=x&Expires=9999999999", {}],
    ["the administrator's URL", "?AWSAccessKeyId=AKIASANDBOXNOTREAL00&Signature=x&Expires=9999999999", {}],
    ["with a subresource added", "?AWSAccessKeyId=KEY&Signature=x&Expires=9999999999&legal-hold", {}],
    ["a header", "", { Authorization: "AWS KEY:c2lnbmF0dXJl" }],
  ])("%s", async (_, query, headers) => {
    const answer = await ask(world.sandbox.endpoint, "GET", `/${Bucket}/x${query}`, {
      anonymous: true,
      headers,
    });
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining("AWS4-HMAC-SHA256")]);
  });
});
