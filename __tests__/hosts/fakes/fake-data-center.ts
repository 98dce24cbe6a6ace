import type { Asked, Reply } from "../../http/faulty-server";
import { type Fake, FakeState, type Kept, serve, textOf } from "./fake-server";

const PREFIX = "/rest/api/latest";
const BASE = `${PREFIX}/projects/acme/repos/site/pull-requests/12`;

/**
 * https://developer.atlassian.com/server/bitbucket/rest/v906/api-group-pull-requests/: comments are
 * among the activities, newest first, a reply both below its comment and by itself, a deleted
 * comment as an activity of its own; writes name the version that they change.
 */
export function startDataCenter(): Promise<Fake> {
  const state = new FakeState();
  const versions = new Map<number, number>();
  return serve(
    "bitbucket-data-center",
    PREFIX,
    state,
    (asked, user, origin) => {
      const reply = answer(state, versions, asked, user, origin);
      return user === undefined ? reply : { ...reply, headers: { "x-ausername": user } };
    },
    (authorization) => state.users[authorization.replace(/^Bearer /, "")],
  );
}

function answer(
  state: FakeState,
  versions: Map<number, number>,
  asked: Asked,
  user: string | undefined,
  origin: string,
): Reply {
  if (user === undefined) return refusal(401, "Authentication failed. Please check your credentials.");
  const url = new URL(asked.path, origin);
  const versionOf = ({ id }: Kept): number => versions.get(id) ?? 0;
  if (url.pathname === BASE)
    return {
      status: 200,
      body: {
        id: 12,
        fromRef: { latestCommit: state.head },
        links: { self: [{ href: `${origin}/projects/acme/repos/site/pull-requests/12` }] },
      },
    };
  if (url.pathname === `${BASE}/activities`) return list(state, versionOf, url);
  if (asked.method !== "GET" && user === "reader")
    return refusal(403, "You are not permitted to access this resource");
  const text = textOf(asked.body, "text");
  if (text.length >= 32_768) return refusal(400, "Please enter a non-empty value less than 32768 characters");
  if (url.pathname === `${BASE}/comments`) return { status: 201, body: comment(state.add(user, text), 0) };
  const kept = state.live.find(({ id }) => url.pathname === `${BASE}/comments/${id}`);
  if (kept === undefined) return refusal(404, "The specified comment does not exist.");
  if (kept.author !== user) return refusal(403, "You do not have permission to edit this comment.");
  const version = asked.method === "DELETE" ? url.searchParams.get("version") : versionIn(asked.body);
  if (String(version) !== String(versionOf(kept)))
    return refusal(409, "The comment you are trying to change is out of date.");
  if (asked.method === "DELETE") {
    kept.isDeleted = true;
    return { status: 204 };
  }
  versions.set(kept.id, versionOf(kept) + 1);
  return { status: 200, body: comment(Object.assign(kept, { body: text }), versionOf(kept)) };
}

function versionIn(body: unknown): unknown {
  return typeof body === "object" && body !== null && "version" in body ? body.version : undefined;
}

function list(state: FakeState, versionOf: (kept: Kept) => number, url: URL): Reply {
  const [parent] = state.comments;
  const replies = state.comments.filter(({ isReply }) => isReply);
  const all = [...state.comments].reverse().flatMap((kept) => {
    const own = comment(kept, versionOf(kept));
    const nested = kept === parent ? { comments: replies.map((reply) => comment(reply, 0)) } : {};
    const added = { action: "COMMENTED", commentAction: "ADDED", comment: { ...own, ...nested } };
    return kept.isDeleted
      ? [{ action: "COMMENTED", commentAction: "DELETED", comment: own }, added]
      : [added];
  });
  const activities = [{ action: "APPROVED" }, ...all, { action: "OPENED" }];
  const size = Math.min(Number(url.searchParams.get("limit") ?? 25), state.pageSize);
  const start = Number(url.searchParams.get("start") ?? 0);
  const isLastPage = start + size >= activities.length;
  return {
    status: 200,
    body: {
      size,
      limit: size,
      start,
      values: activities.slice(start, start + size),
      isLastPage,
      nextPageStart: isLastPage ? null : start + size,
    },
  };
}

function comment({ id, author, body }: Kept, version: number) {
  return { id, version, text: body, author: { name: author, slug: author }, severity: "NORMAL" };
}

function refusal(status: number, message: string): Reply {
  return { status, body: { errors: [{ context: null, message, exceptionName: null }] } };
}
