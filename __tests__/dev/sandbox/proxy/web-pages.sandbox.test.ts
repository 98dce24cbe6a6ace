import { existsSync } from "node:fs";
import type { OutgoingHttpHeaders } from "node:http";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { motoAuthorization } from "../../../../dev/sandbox/moto/moto-request";
import { type Sandbox, startSandbox } from "../../../../dev/sandbox/sandbox";
import { ask, askRaw, s3Client } from "../../../../dev/tools/sandbox-support";
import { repositoryRoot } from "../../../../lib/programs/cache";
import { aliceOnMain, ORGANIZATION } from "../test-sandbox";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ organizations: [ORGANIZATION] });
  const s3 = s3Client(sandbox);
  await s3.send(new CreateBucketCommand({ Bucket: "state" }));
  s3.destroy();
});
afterAll(() => sandbox.stop());

/** As the administrator, whose keys are public. */
const asAdministrator = (headers: OutgoingHttpHeaders, method = "GET", path = "/state") =>
  ask(sandbox.endpoint, method, path, { headers });
const token = (headers: OutgoingHttpHeaders) =>
  ask(sandbox.circleCi.url, "POST", "/token", {
    anonymous: true,
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(aliceOnMain),
  });

test.each<[string, OutgoingHttpHeaders]>([
  ["another origin", { Origin: "https://evil.example" }],
  ["an origin of this machine", { Origin: "http://localhost:3000" }],
  ["an opaque origin", { Origin: "null" }],
  ["an image", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image" }],
  ["a link", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" }],
  ["the same site", { "Sec-Fetch-Site": "same-origin" }],
  ["an address typed by the user", { "Sec-Fetch-Site": "none", "Sec-Fetch-User": "?1" }],
  ["another fetch mode", { "Sec-Fetch-Mode": "no-cors" }],
  ["a WebSocket", { Upgrade: "websocket", Connection: "Upgrade", "Sec-WebSocket-Key": "x" }],
])("a web page is rejected and cannot read the response: %s", async (_, headers) => {
  for (const answer of [await asAdministrator(headers), await token(headers)]) {
    expect(answer.status).toBe(403);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
    expect(answer.body).not.toMatch(/ListBucketResult|eyJ/);
  }
});

test("a program gets its response, without CORS headers", async () => {
  for (const headers of [{}, { "Sec-Fetch-Mode": "cors", "Accept-Language": "*" }]) {
    const answer = await asAdministrator(headers);
    expect(answer.body).toContain("ListBucketResult");
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
    expect((await token(headers)).status).toBe(200);
  }
  // Node's fetch sends `Sec-Fetch-Mode: cors`.
  const Authorization = motoAuthorization("s3");
  expect((await fetch(`${sandbox.endpoint}/state`, { headers: { Authorization } })).status).toBe(200);
});

test.each(["GET", "PUT", "DELETE"])("a preflight request for %s is rejected", async (method) => {
  const answer = await ask(sandbox.endpoint, "OPTIONS", "/state/x", {
    anonymous: true,
    headers: {
      Origin: "https://evil.example",
      "Access-Control-Request-Method": method,
      "Access-Control-Request-Headers": "authorization",
    },
  });
  expect(answer.status).toBe(403);
  expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
});

describe("DNS rebinding: other host names that resolve to this machine are rejected", () => {
  const port = () => new URL(sandbox.endpoint).port;
  test.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "127.0.0.2",
    "0.0.0.0",
    "169.254.169.254",
    "[::ffff:7f00:1]",
    "iam.amazonaws.com",
    "motoapi.amazonaws.com",
    "s3.amazonaws.com.evil.example",
    "evil.example#.localhost",
    "state/secret.localhost",
    "state%2fsecret.localhost",
    "user@localhost",
    "localhost, evil.example",
  ])("%j", async (host) => {
    expect((await asAdministrator({ Host: `${host}:${port()}` })).status).toBe(403);
    expect((await token({ Host: host })).status).toBe(403);
  });

  test.each(["127.0.0.1", "localhost", "LOCALHOST", "localhost."])("%s is accepted", async (host) => {
    expect((await asAdministrator({ Host: `${host}:${port()}` })).status).toBe(200);
    expect((await token({ Host: host })).status).toBe(200);
  });

  test.each(["state.localhost", "state.s3.localhost", "state.s3.eu-west-1.amazonaws.com"])(
    "%s is a bucket for the proxy, and rejected by CircleCI",
    async (host) => {
      expect((await asAdministrator({ Host: host }, "GET", "/")).body).toContain("<Name>state</Name>");
      expect((await token({ Host: host })).status).toBe(403);
    },
  );

  test("an empty Host, two Host headers, and another host in the request line", async () => {
    const authorization = `Authorization: ${motoAuthorization("s3")}\r\nConnection: close\r\n\r\n`;
    for (const [target, hosts, status] of [
      ["/state", "Host: \r\n", 403],
      ["/state", "Host: :80\r\n", 403],
      ["/state", "Host: localhost\r\nHost: evil.example\r\n", 403],
      ["http://evil.example/state", "Host: localhost\r\n", 403],
      ["http://localhost/state", "Host: evil.example\r\n", 403],
      ["http://localhost/state", "Host: localhost\r\n", 200],
    ] as const) {
      const said = await askRaw(sandbox.endpoint, `GET ${target} HTTP/1.1\r\n${hosts}${authorization}`);
      expect(said).toContain(`HTTP/1.1 ${status} `);
    }
  });
});

describe("the API of moto is closed to all callers", () => {
  test.each([
    ["GET", "/moto-api/data.json", {}],
    ["GET", "/moto-api/", {}],
    ["POST", "/moto-api/reset", {}],
    ["POST", "//moto-api/reset", {}],
    ["POST", "/%2fmoto-api/reset", {}],
    ["POST", "/%6doto-api/reset", {}],
    ["POST", "/moto-api%2freset", {}],
    ["POST", "/moto-api/./reset", {}],
    ["POST", "/state/../moto-api/reset", {}],
    ["POST", "/MOTO-API/reset", {}],
    ["POST", "http://localhost/moto-api/reset", {}],
    ["POST", "/reset", { Host: "moto-api.localhost" }],
    ["POST", "/moto-api/recorder/start-recording", {}],
    ["POST", "/moto-api/reset-auth", {}],
    ["GET", "/latest/meta-data/iam/security-credentials/", {}],
  ])("%s %s %j", async (method, path, headers) => {
    for (const anonymous of [true, undefined] as const) {
      const options = { headers, ...(anonymous === undefined ? {} : { anonymous }) };
      expect((await ask(sandbox.endpoint, method, path, options)).status).toBeGreaterThanOrEqual(400);
    }
    expect((await asAdministrator({})).status).toBe(200);
    expect(existsSync(`${repositoryRoot}/moto_recording`)).toBe(false);
  });

  test("an object of such a name is accessible", async () => {
    expect((await asAdministrator({}, "PUT", "/state/moto-api/reset")).status).toBe(200);
    expect((await asAdministrator({ Host: "state.localhost" }, "GET", "/moto-api/reset")).status).toBe(200);
  });
});
