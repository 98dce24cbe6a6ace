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
  ["host left out", { host: "h", "x-amz-date": "d" }, ["x-amz-date"], ["host"]],
  [
    "one added",
    { host: "h", "x-amz-acl": "a", "x-amz-tagging": "t" },
    ["host"],
    ["x-amz-acl", "x-amz-tagging"],
  ],
  ["what AWS lets a proxy change", { host: "h", "x-amzn-trace-id": "t", "content-type": "c" }, ["host"], []],
  ["one signed that is not sent", { host: "h" }, ["host", "x-amz-acl"], []],
])("which headers lack a signature: %s", (_, headers, signedHeaders, missing) => {
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

describe("the header signs host and every x-amz-* header", () => {
  const refused = (names: string) => ({ status: 403, code: "AccessDenied", names });
  test.each([
    ["all signed", {}, {}, { status: 200, code: "allowed" }],
    ["metadata signed too", { more: { "x-amz-meta-a": "1" } }, {}, { status: 200, code: "allowed" }],
    ["the content type added", {}, { "Content-Type": "text/html" }, { status: 200, code: "allowed" }],
    ["metadata added", {}, { "x-amz-meta-a": "1" }, refused("x-amz-meta-a")],
    ["in capitals", {}, { "X-AMZ-META-A": "1" }, refused("x-amz-meta-a")],
    ["a copy source added", {}, { "x-amz-copy-source": "/secrets/plan" }, refused("x-amz-copy-source")],
    ["no host", { signs: (name: string) => name !== "host" }, {}, refused("host")],
    [
      "the date alone",
      { signs: (name: string) => name === "x-amz-date" },
      {},
      refused("host, x-amz-content-sha256, x-amz-security-token"),
    ],
  ])("%s", async (_, options, added, expected) => {
    expect(await put("by-header", options, added)).toEqual(expected);
  });

  test("of another service, too, which says it in its own words", async () => {
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

  test("is good with what it signed, and with a content type besides", async () => {
    expect((await send({})).status).toBe(200);
    expect((await send({ "Content-Type": "text/plain" })).status).toBe(200);
    const { host } = new URL(world.sandbox.endpoint);
    expect((await send({ "x-amz-meta-a": "1" }, { host, "x-amz-meta-a": "1" })).status).toBe(200);
    expect((await send({ "x-amz-meta-a": "2" }, { host, "x-amz-meta-a": "1" })).status).toBe(403);
  });

  test("does not do without the host", async () => {
    const answer = await send({ "x-amz-meta-a": "1" }, { "x-amz-meta-a": "1" });
    expect(answer.body).toContain("<HeadersNotSigned>host</HeadersNotSigned>");
  });

  test.each([{ "x-amz-copy-source": "/secrets/plan" }, { "x-amz-meta-a": "1" }, { "x-amz-tagging": "a=b" }])(
    "carries no header that was added after signing: %j",
    async (headers) => {
      world.decisions.length = 0;
      const answer = await send(headers);
      expect(world.decisions.map(({ verdict }) => verdict)).toEqual(["denied"]);
      expect(answer.status).toBe(403);
      expect(answer.body).toContain(`<HeadersNotSigned>${Object.keys(headers).join()}</HeadersNotSigned>`);
    },
  );
});

describe("Signature Version 2 is no longer taken", () => {
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
