import type { Asked, Reply } from "../../http/faulty-server";
import { type Fake, FakeState, type Kept, serve, textOf } from "./fake-server";

const PREFIX = "/api/v4";
const BASE = `${PREFIX}/projects/acme%2Fsite`;
const NOTES = `${BASE}/merge_requests/12/notes`;
const IDS: Readonly<Record<string, number>> = { bot: 7, mallory: 8, reader: 9 };

/** https://docs.gitlab.com/api/notes/#merge-requests */
export function startGitLab(): Promise<Fake> {
  const state = new FakeState();
  const userOf = (authorization: string): string | undefined =>
    state.users[authorization.replace(/^Bearer /, "")];
  return serve("gitlab", PREFIX, state, (asked, user, origin) => answer(state, asked, user, origin), userOf);
}

function answer(state: FakeState, asked: Asked, user: string | undefined, origin: string): Reply {
  if (user === undefined) return { status: 401, body: { message: "401 Unauthorized" } };
  const url = new URL(asked.path, origin);
  if (url.pathname === `${PREFIX}/user`) return { status: 200, body: { id: IDS[user], username: user } };
  if (url.pathname === `${BASE}/merge_requests/12`)
    return {
      status: 200,
      body: { iid: 12, sha: state.head, web_url: `${origin}/acme/site/-/merge_requests/12` },
    };
  if (url.pathname.startsWith(`${BASE}/repository/commits/${state.head}/merge_requests`))
    return {
      status: 200,
      body: [
        { iid: 3, state: "merged" },
        { iid: 12, state: "opened" },
      ],
    };
  if (/\/repository\/commits\/[0-9a-f]{40}\/merge_requests$/.test(url.pathname))
    return { status: 200, body: [] };
  if (url.pathname === NOTES && asked.method === "GET") return list(state, url);
  if (asked.method !== "GET" && user === "reader")
    return {
      status: 403,
      body: {
        error: "insufficient_scope",
        error_description: "The request requires higher privileges than provided by the access token.",
      },
    };
  if (url.pathname === NOTES && asked.method === "POST")
    return written(textOf(asked.body, "body"), 201, (body) => state.add(user, body));
  const kept = state.live.find(({ id }) => url.pathname === `${NOTES}/${id}`);
  if (kept === undefined) return { status: 404, body: { message: "404 Not found" } };
  if (kept.author !== user) return { status: 403, body: { message: "403 Forbidden" } };
  if (asked.method === "PUT")
    return written(textOf(asked.body, "body"), 200, (body) => Object.assign(kept, { body }));
  kept.isDeleted = true;
  return { status: 204 };
}

function list(state: FakeState, url: URL): Reply {
  const size = Math.min(Number(url.searchParams.get("per_page") ?? 20), state.pageSize);
  const page = Number(url.searchParams.get("page") ?? 1);
  const all = state.live;
  const body = all.slice((page - 1) * size, page * size).map(json);
  const headers = { "x-page": String(page), "x-next-page": page * size < all.length ? String(page + 1) : "" };
  return { status: 200, body, headers };
}

function written(body: string, status: number, write: (body: string) => Kept): Reply {
  if ([...body].length > 1_000_000)
    return { status: 400, body: { message: { note: ["is too long (maximum is 1000000 characters)"] } } };
  if (body.trim() === "") return { status: 400, body: { message: "400 Bad request - Note can't be blank" } };
  return { status, body: json(write(body)) };
}

function json({ id, author, body }: Kept): unknown {
  return { id, body, system: author === "system", author: { id: IDS[author] ?? 1, username: author } };
}
