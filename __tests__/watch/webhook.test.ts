import { createServer, type Server } from "node:http";
import { closeServer, listenOnLoopback } from "../../dev/sandbox/http/listen";
import { postMessage, webhookIn } from "../../lib/watch/deliver/webhook";
import { errorOf } from "../fixtures/project-error";

const SECRET = "T000secret";

/** A chat server that answers with these statuses, one after the other, and repeats the address. */
async function answering(...statuses: readonly number[]) {
  const bodies: string[] = [];
  const left = [...statuses];
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => {
      body += part.toString();
    });
    request.on("end", () => {
      bodies.push(body);
      response.writeHead(left.shift() ?? 200, { location: "https://elsewhere.example" });
      response.end(`no such hook: ${request.url}`);
    });
  });
  const url = `${await listenOnLoopback(server)}/services/${SECRET}?sig=${SECRET}2`;
  return { bodies, env: { OIDC_WATCH_WEBHOOK: url }, stop: () => closeServer(server) };
}

async function posting(...statuses: readonly number[]) {
  const chat = await answering(...statuses);
  try {
    const webhook = webhookIn(chat.env);
    if (webhook === undefined) throw new Error("the variable is set");
    const outcome = await postMessage(webhook, "one\ntwo", {}, { firstMs: 1 }).then(
      () => "delivered",
      (error: Error) => error.message,
    );
    return { outcome, bodies: chat.bodies };
  } finally {
    await chat.stop();
  }
}

test("one message in the form of Slack and Mattermost", async () => {
  expect(await posting(200)).toEqual({ outcome: "delivered", bodies: ['{"text":"one\\ntwo"}'] });
});

test("again after what may pass", async () => {
  const { outcome, bodies } = await posting(503, 429, 200);
  expect([outcome, bodies.length]).toEqual(["delivered", 3]);
});

test.each([
  ["an address that is no longer valid", 404, 1],
  ["a redirect, which could lead to another server", 302, 1],
])("an error at once for %s, without the address", async (_, status, requests) => {
  const { outcome, bodies } = await posting(status);
  expect(bodies).toHaveLength(requests);
  expect(outcome).toContain(`status ${status}`);
  expect(outcome).not.toContain(SECRET);
});

test("an error after several attempts, without the address", async () => {
  const { outcome, bodies } = await posting(500, 500, 500, 500, 500);
  expect(bodies).toHaveLength(4);
  expect(outcome).toMatch(/status 500: no such hook: \*\*\*/);
  expect(outcome).not.toContain(SECRET);
});

test("unset and empty: no message", () => {
  expect(webhookIn({})).toBeUndefined();
  expect(webhookIn({ OIDC_WATCH_WEBHOOK: " " })).toBeUndefined();
});

test.each([
  ["http to another machine", `http://hooks.example.com/${SECRET}`],
  ["a user and a password", `https://user:${SECRET}@hooks.example.com/`],
  ["a path only", `/services/${SECRET}`],
])("refused, and not repeated: %s", (_, url) => {
  const error = errorOf(() => webhookIn({ OIDC_WATCH_WEBHOOK: url }));
  expect(error.code).toBe("watch-webhook-url");
  expect(JSON.stringify([error.message, error.found, error.fix])).not.toContain(SECRET);
});
