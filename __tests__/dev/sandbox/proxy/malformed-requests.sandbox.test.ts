import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { motoAuthorization } from "../../../../dev/sandbox/moto/moto-request";
import { type Sandbox, startSandbox } from "../../../../dev/sandbox/sandbox";
import { ask, askRaw } from "../../../../dev/tools/sandbox-support";

const AUTHORIZATION = motoAuthorization("s3");
const signed = { authorization: AUTHORIZATION };
const Bucket = "odd-requests";

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
  await ask(sandbox.endpoint, "PUT", `/${Bucket}`);
});
afterAll(() => sandbox.stop());

const raw = (bytes: string | Buffer) => askRaw(sandbox.endpoint, bytes);

describe("Expect: 100-continue", () => {
  const head = (path: string) =>
    `PUT ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${AUTHORIZATION}\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n`;

  test.each([`/${Bucket}/expected`, `/${Bucket}?policy`])(
    "%s: the client gets one 100 Continue, then the response",
    async (path) => {
      const socket = connect(Number(new URL(sandbox.endpoint).port), "127.0.0.1");
      let said = "";
      socket.on("data", (part) => (said += part.toString()));
      socket.write(head(path));
      while (!said.includes("100 Continue")) await once(socket, "data");
      socket.write("hello");
      while (!/HTTP\/1.1 [245]\d\d/.test(said)) await once(socket, "data");
      socket.destroy();
      expect(said.match(/100 Continue/g)).toHaveLength(1);
      expect(said).toMatch(path.includes("?") ? /MalformedPolicy/ : /HTTP\/1.1 200/);
    },
  );
});

describe("malformed requests", () => {
  test.each([
    ["of this machine is forwarded to moto", "http://127.0.0.1:1", "<Code>NoSuchKey</Code>"],
    ["of another machine is rejected", "http://169.254.169.254:1", "<Code>AccessDenied</Code>"],
  ])("an absolute URL %s", async (_, origin, code) => {
    const answer = await raw(
      `GET ${origin}/${Bucket}/none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: ${AUTHORIZATION}\r\n\r\n`,
    );
    expect(answer).toContain(code);
  });

  test.each([
    ["CONNECT", "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n", 405],
    ["not HTTP", "hello\r\n\r\n", 400],
    ["a TLS handshake", Buffer.from([0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5]), 400],
    ["no host", "GET / HTTP/1.1\r\n\r\n", 400],
    ["a path that cannot be decoded", "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n", 400],
    ["OPTIONS", "OPTIONS /x HTTP/1.1\r\nHost: localhost\r\n\r\n", 400],
    ["OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 400],
    [
      "two Content-Length headers",
      "PUT /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      400,
    ],
    [
      "Content-Length and chunks",
      "PUT /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
    ],
    ["oversized headers", `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(200_000)}\r\n\r\n`, 400],
  ])("%s", async (_name, bytes, status) => {
    expect(await raw(bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(await ask(sandbox.endpoint, "HEAD", `/${Bucket}`)).toMatchObject({ status: 200 });
  });
});

test("an aborted upload stores nothing", async () => {
  const socket = connect(Number(new URL(sandbox.endpoint).port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(
    `PUT /${Bucket}/half HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${AUTHORIZATION}\r\nContent-Length: 2000000\r\n\r\n`,
  );
  socket.write(Buffer.alloc(1_000_000));
  await sleep(300);
  socket.destroy();
  await sleep(500);
  expect(await ask(sandbox.endpoint, "HEAD", `/${Bucket}/half`, { headers: signed })).toMatchObject({
    status: 404,
  });
});
