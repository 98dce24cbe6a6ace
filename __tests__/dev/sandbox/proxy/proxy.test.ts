import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type AuthorizingProxy, startProxy } from "../../../../dev/sandbox/proxy/proxy";
import { ask, askRaw } from "../../../../dev/tools/sandbox-support";

/**
 * What moto cannot be made to do on purpose: a store that answers with given bytes, and sees what
 * reaches it.
 */
let store: Server;
let proxy: AuthorizingProxy;
let seen: string;
let answer: (socket: Socket) => void;

beforeEach(async () => {
  seen = "";
  store = createServer((socket) => {
    socket.on("error", () => undefined);
    let answered = false;
    socket.on("data", (part) => {
      seen += part.toString("latin1");
      if (answered || !seen.includes("\r\n\r\n")) return;
      answered = true;
      answer(socket);
    });
  });
  store.listen(0, "127.0.0.1");
  await once(store, "listening");
  const address = store.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  proxy = await startProxy({
    moto: { host: "127.0.0.1", port: address.port, ended: () => undefined },
    authorize: async (exchange) => exchange,
    handlers: [],
  });
});
afterEach(async () => {
  await proxy.stop();
  store.close();
});

test("headers keep their names, order and repetitions in both directions; those of one hop stay there", async () => {
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

test("a POST without a body says so", async () => {
  answer = (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  await askRaw(proxy.endpoint, "POST /b/k?uploads HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  expect(seen).toMatch(/Content-Length: 0\r\n/);
  expect(seen).not.toMatch(/chunked/);
});

test.each([
  ["shorter than its length", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"],
  ["in chunks that never end", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"],
])("an answer that breaks off, %s, never looks complete", async (_name, bytes) => {
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
])("a store that hangs up at once is a 503 in the words of %s", async (_name, path, headers, shape) => {
  answer = (socket) => socket.destroy();
  const { status, body } = await ask(proxy.endpoint, "POST", path, { headers, body: "x".repeat(3_000_000) });
  expect([status, body]).toEqual([503, expect.stringContaining(shape)]);
});

test("an answer that comes before the whole body was read is the answer", async () => {
  answer = (socket) =>
    socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
  expect(await ask(proxy.endpoint, "PUT", "/b/k", { body: "x".repeat(3_000_000) })).toMatchObject({
    status: 403,
    body: "no",
  });
});

test("a client that waits to be told to go on and is refused instead gets the refusal, and a connection that ends", async () => {
  answer = (socket) => socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
  const said = await askRaw(
    proxy.endpoint,
    "PUT /b/k HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
  );
  expect(said).toMatch(/^HTTP\/1.1 403 Forbidden\r\n/);
  expect(said).toMatch(/Connection: close\r\n/i);
  expect(said).not.toContain("100 Continue");
});

test("a client that goes away takes its request with it", async () => {
  const closed = new Promise<void>((resolve) => {
    answer = (socket) => socket.on("close", () => resolve());
  });
  await askRaw(proxy.endpoint, "GET /b/k HTTP/1.1\r\nHost: localhost\r\n\r\n", 200);
  await closed;
});

describe("a connection has to bring its headers in time", () => {
  const opened: AuthorizingProxy[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.stop();
  });
  const impatient = async () => {
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
    ["nothing at all", "", ""],
    ["half a request line", "GET /", "x"],
    ["one header after the other", "GET / HTTP/1.1\r\nHost: localhost\r\n", "X-Y: z\r\n"],
    ["a request answered, then half of another", "GET /b/k HTTP/1.1\r\nHost: localhost\r\n\r\nGET /", "x"],
  ])("%s: it is told so and closed, however it dribbles", async (_, start, drop) => {
    const socket = connect(Number(new URL(await impatient()).port), "127.0.0.1");
    let said = "";
    socket.on("data", (part) => (said += part.toString()));
    socket.on("error", () => undefined);
    socket.write(start);
    const dribble = setInterval(() => drop !== "" && socket.writable && socket.write(drop), 20);
    await once(socket, "close");
    clearInterval(dribble);
    expect(said).toMatch(/HTTP\/1\.1 400 Bad Request\r\n.*<Code>RequestTimeout<\/Code>/s);
  });

  test("a body may come as slowly as it likes", async () => {
    const socket = connect(Number(new URL(await impatient()).port), "127.0.0.1");
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

test("nothing that moto says lets a web page read an answer", async () => {
  answer = (socket) =>
    socket.end(
      "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\naccess-control-allow-methods: GET\r\nVary: Origin\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
    );
  const said = await ask(proxy.endpoint, "GET", "/b/k");
  expect(said).toMatchObject({ status: 200, body: "ok" });
  expect(Object.keys(said.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
});
