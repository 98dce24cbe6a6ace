import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type AuthorizingProxy, startProxy } from "../../../../dev/sandbox/proxy/proxy";
import { ask, askRaw } from "../../../../dev/tools/sandbox-support";

/** A backend that sends given bytes and records its requests, which moto cannot be made to do. */
let backend: Server;
let proxy: AuthorizingProxy;
let seen: string;
let answer: (socket: Socket) => void;

beforeEach(async () => {
  seen = "";
  backend = createServer((socket) => {
    socket.on("error", () => undefined);
    let answered = false;
    socket.on("data", (part) => {
      seen += part.toString("latin1");
      if (answered || !seen.includes("\r\n\r\n")) return;
      answered = true;
      answer(socket);
    });
  });
  backend.listen(0, "127.0.0.1");
  await once(backend, "listening");
  const address = backend.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  proxy = await startProxy({
    moto: { host: "127.0.0.1", port: address.port, ended: () => undefined },
    authorize: async (exchange) => exchange,
    handlers: [],
  });
});
afterEach(async () => {
  await proxy.stop();
  backend.close();
});

test("headers keep their case, order and duplicates in both directions, except hop-by-hop headers", async () => {
  answer = (socket) =>
    socket.end(
      "HTTP/1.1 200 Fine\r\nX-Two: b\r\nX-TWO: a\r\nContent-Length: 2\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nDate: today\r\n\r\nok",
    );
  const request =
    "GET /a//b?x=%2f HTTP/1.1\r\nHost: LocalHost:1\r\nX-AmZ-Odd: 1\r\nx-amz-odd: 2\r\nConnection: close, x-hop\r\nx-hop: 1\r\n\r\n";
  const said = await askRaw(proxy.endpoint, request);
  expect(seen).toBe(
    "GET /a//b?x=%2f HTTP/1.1\r\nHost: LocalHost:1\r\nX-AmZ-Odd: 1\r\nx-amz-odd: 2\r\nConnection: close\r\n\r\n",
  );
  expect(said).toBe(
    "HTTP/1.1 200 Fine\r\nX-Two: b\r\nX-TWO: a\r\nContent-Length: 2\r\nDate: today\r\nConnection: close\r\n\r\nok",
  );
});

test("a POST without a body has Content-Length 0", async () => {
  answer = (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  await askRaw(proxy.endpoint, "POST /b/k?uploads HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  expect(seen).toMatch(/Content-Length: 0\r\n/);
  expect(seen).not.toMatch(/chunked/);
});

test.each([
  ["with fewer bytes than its length", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"],
  ["with an incomplete chunked body", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"],
])("a truncated response, %s, does not look complete", async (_name, bytes) => {
  answer = (socket) => socket.write(bytes, () => setTimeout(() => socket.destroy(), 50));
  await expect(ask(proxy.endpoint, "GET", "/b/k")).rejects.toMatchObject({ code: "ECONNRESET" });
});

test.each([
  ["S3", "/b/k", {}, "<Error><Code>ServiceUnavailable</Code>"],
  [
    "IAM",
    "/",
    { authorization: "AWS4-HMAC-SHA256 Credential=A/1/us-east-1/iam/aws4_request" },
    "<ErrorResponse><Error><Type>Receiver</Type><Code>ServiceUnavailable</Code>",
  ],
])(
  "a backend that closes the connection is a 503 in the format of %s",
  async (_name, path, headers, shape) => {
    answer = (socket) => socket.destroy();
    const { status, body } = await ask(proxy.endpoint, "POST", path, {
      headers,
      body: "x".repeat(3_000_000),
    });
    expect([status, body]).toEqual([503, expect.stringContaining(shape)]);
  },
);

test("a response that arrives before the body has been read is passed on", async () => {
  answer = (socket) =>
    socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
  expect(await ask(proxy.endpoint, "PUT", "/b/k", { body: "x".repeat(3_000_000) })).toMatchObject({
    status: 403,
    body: "no",
  });
});

test("a client that waits for 100 Continue gets the error, and its connection is closed", async () => {
  answer = (socket) => socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
  const said = await askRaw(
    proxy.endpoint,
    "PUT /b/k HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
  );
  expect(said).toMatch(/^HTTP\/1.1 403 Forbidden\r\n/);
  expect(said).toMatch(/Connection: close\r\n/i);
  expect(said).not.toContain("100 Continue");
});

test("a client that disconnects aborts its request", async () => {
  const closed = new Promise<void>((resolve) => {
    answer = (socket) => socket.on("close", () => resolve());
  });
  await askRaw(proxy.endpoint, "GET /b/k HTTP/1.1\r\nHost: localhost\r\n\r\n", 200);
  await closed;
});

describe("headers must arrive in time", () => {
  const opened: AuthorizingProxy[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.stop();
  });
  const shortTimeout = async () => {
    const moto = { host: "127.0.0.1", port: new URL(proxy.endpoint).port, ended: () => undefined };
    const one = await startProxy({
      moto: { ...moto, port: Number(moto.port) },
      authorize: async ({ request, response }) => {
        request.on("end", () => response.end("answered")).resume();
        return undefined;
      },
      handlers: [],
      headersTimeoutMs: 100,
    });
    opened.push(one);
    return one.endpoint;
  };

  test.each([
    ["no bytes", "", ""],
    ["half a request line", "GET /", "x"],
    ["one header at a time", "GET / HTTP/1.1\r\nHost: localhost\r\n", "X-Y: z\r\n"],
    ["a complete request, then half of another", "GET /b/k HTTP/1.1\r\nHost: localhost\r\n\r\nGET /", "x"],
  ])("%s: RequestTimeout, and the connection is closed", async (_, start, drop) => {
    const socket = connect(Number(new URL(await shortTimeout()).port), "127.0.0.1");
    let said = "";
    socket.on("data", (part) => (said += part.toString()));
    socket.on("error", () => undefined);
    socket.write(start);
    const writing = setInterval(() => drop !== "" && socket.writable && socket.write(drop), 20);
    await once(socket, "close");
    clearInterval(writing);
    expect(said).toMatch(/HTTP\/1\.1 400 Bad Request\r\n.*<Code>RequestTimeout<\/Code>/s);
  });

  test("a body has no time limit", async () => {
    const socket = connect(Number(new URL(await shortTimeout()).port), "127.0.0.1");
    let said = "";
    socket.on("data", (part) => (said += part.toString()));
    socket.write("PUT /b/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\nConnection: close\r\n\r\n");
    for (const part of ["a", "b", "c", "d", "e", "f"]) {
      await sleep(100);
      socket.write(part);
    }
    await once(socket, "close");
    expect(said).toMatch(/^HTTP\/1\.1 200 /);
  });
});

test("CORS headers of moto are removed", async () => {
  answer = (socket) =>
    socket.end(
      "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\naccess-control-allow-methods: GET\r\nVary: Origin\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
    );
  const said = await ask(proxy.endpoint, "GET", "/b/k");
  expect(said).toMatchObject({ status: 200, body: "ok" });
  expect(Object.keys(said.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
});
