import type { Asked, Reply } from "../../http/faulty-server";
import { type Fake, FakeState, type Kept, serve, textOf } from "./fake-server";

const PREFIX = "/2.0";
const BASE = `${PREFIX}/repositories/acme/site/pullrequests/12`;

/**
 * https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/; deleted comments
 * stay in the list, and page addresses are opaque.
 */
export function startBitbucket(): Promise<Fake> {
  const state = new FakeState();
  return serve(
    "bitbucket",
    PREFIX,
    state,
    (asked, user, origin) => answer(state, asked, user, origin),
    (authorization) => userOf(state, authorization),
  );
}

/** An API token with its e-mail address, or an access token. */
function userOf(state: FakeState, authorization: string): string | undefined {
  const [scheme = "", value = ""] = authorization.split(" ");
  if (scheme === "Bearer") return state.users[value];
  const [email = "", token = ""] = Buffer.from(value, "base64").toString().split(":");
  return email.includes("@") ? state.users[token] : undefined;
}

function answer(state: FakeState, asked: Asked, user: string | undefined, origin: string): Reply {
  if (user === undefined)
    return refusal(401, "Token is invalid, expired, or not supported for this endpoint.");
  const url = new URL(asked.path, origin);
  if (url.pathname === `${PREFIX}/user`)
    return asked.authorization.startsWith("Bearer")
      ? refusal(403, "This API is not accessible by this authentication mechanism")
      : { status: 200, body: { type: "user", uuid: uuidOf(user) } };
  if (url.pathname === BASE)
    return { status: 200, body: { id: 12, source: { commit: { hash: state.head.slice(0, 12) } } } };
  if (url.pathname === `${BASE}/comments` && asked.method === "GET") return list(state, url);
  if (asked.method !== "GET" && user === "reader")
    return refusal(403, "Your credentials lack one or more required privilege scopes.");
  if (url.pathname === `${BASE}/comments` && asked.method === "POST")
    return written(textOf(asked.body, "content", "raw"), 201, (body) => state.add(user, body), origin);
  const kept = state.live.find(({ id }) => url.pathname === `${BASE}/comments/${id}`);
  if (kept === undefined) return refusal(404, "Comment not found");
  if (kept.author !== user) return refusal(403, "You do not have permission to edit this comment.");
  if (asked.method === "PUT")
    return written(
      textOf(asked.body, "content", "raw"),
      200,
      (body) => Object.assign(kept, { body }),
      origin,
    );
  kept.isDeleted = true;
  return { status: 204 };
}

function list(state: FakeState, url: URL): Reply {
  const size = Math.min(Number(url.searchParams.get("pagelen") ?? 10), state.pageSize);
  const from = Number(Buffer.from(url.searchParams.get("cursor") ?? "", "base64url").toString() || 0);
  const values = state.comments.slice(from, from + size).map((kept) => json(kept, url.origin));
  const cursor = Buffer.from(String(from + size)).toString("base64url");
  const next = `${url.origin}${url.pathname}?pagelen=${size}&cursor=${cursor}`;
  return { status: 200, body: { values, ...(from + size < state.comments.length ? { next } : {}) } };
}

function written(body: string, status: number, write: (body: string) => Kept, origin: string): Reply {
  if (body.length >= 32_768) return refusal(400, "Please enter a non-empty value less than 32768 characters");
  return { status, body: json(write(body), origin) };
}

function json({ id, author, body, isDeleted, isReply }: Kept, origin: string): unknown {
  const user = { type: "user", uuid: uuidOf(author) };
  const links = { html: { href: `${origin}/acme/site/pull-requests/12#comment-${id}` } };
  return {
    id,
    content: { raw: isDeleted ? "" : body },
    user,
    deleted: isDeleted,
    links,
    ...(isReply ? { parent: { id: 1 } } : {}),
  };
}

export function uuidOf(user: string): string {
  return `{uuid-of-${user}}`;
}

function refusal(status: number, message: string): Reply {
  return { status, body: { type: "error", error: { message } } };
}
