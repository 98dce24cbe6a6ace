import type { Asked, Reply } from "../../http/faulty-server";
import { type Fake, FakeState, type Kept, serve, textOf } from "./fake-server";

/** GitHub Enterprise's prefix of the REST API; GraphQL stands beside it. */
const PREFIX = "/api/v3";
const LIST = `${PREFIX}/repos/acme/site/issues/12/comments`;
const ONE = new RegExp(`^${PREFIX}/repos/acme/site/issues/comments/(\\d+)$`);

/**
 * https://docs.github.com/en/rest/issues/comments, with GraphQL's viewer, nodes and
 * minimizeComment.
 */
export function startGitHub(): Promise<Fake> {
  const state = new FakeState();
  const userOf = (authorization: string): string | undefined =>
    state.users[authorization.replace(/^token /, "")];
  return serve("github", PREFIX, state, (asked, user, origin) => answer(state, asked, user, origin), userOf);
}

function answer(state: FakeState, asked: Asked, user: string | undefined, origin: string): Reply {
  if (user === undefined) return { status: 401, body: { message: "Bad credentials", status: "401" } };
  const url = new URL(asked.path, origin);
  if (url.pathname === "/api/graphql") return graphQl(state, asked, user);
  if (url.pathname === LIST && asked.method === "GET") return list(state, url);
  if (url.pathname === `${PREFIX}/repos/acme/site/pulls/12`)
    return { status: 200, body: { head: { sha: state.head } } };
  const isWrite = asked.method !== "GET";
  if (isWrite && user === "reader")
    return { status: 403, body: { message: "Resource not accessible by integration" } };
  if (url.pathname === LIST && asked.method === "POST")
    return written(textOf(asked.body, "body"), 201, (body) => state.add(user, body), origin);
  const kept = state.live.find(({ id }) => String(id) === ONE.exec(url.pathname)?.[1]);
  if (kept === undefined) return { status: 404, body: { message: "Not Found" } };
  if (kept.author !== user)
    return { status: 403, body: { message: "Must have admin rights to Repository." } };
  if (asked.method === "PATCH")
    return written(textOf(asked.body, "body"), 200, (body) => Object.assign(kept, { body }), origin);
  kept.isDeleted = true;
  return { status: 204 };
}

function list(state: FakeState, url: URL): Reply {
  const size = Math.min(Number(url.searchParams.get("per_page") ?? 30), state.pageSize);
  const page = Number(url.searchParams.get("page") ?? 1);
  const all = state.live;
  const body = all.slice((page - 1) * size, page * size).map((kept) => json(kept, url.origin));
  const more = page * size < all.length;
  const next = `${url.origin}${url.pathname}?per_page=${size}&page=${page + 1}`;
  return {
    status: 200,
    body,
    headers: more ? { link: `<${next}>; rel="next", <${url.origin}/last>; rel="last"` } : {},
  };
}

/** As it was measured: 65,536 code points fit, and so do 262,144 bytes of them. */
function written(body: string, status: number, write: (body: string) => Kept, origin: string): Reply {
  const problem =
    body.trim() === ""
      ? "Body cannot be blank"
      : [...body].length > 65_536
        ? "Body is too long (maximum is 65536 characters)"
        : undefined;
  if (problem === undefined) return { status, body: json(write(body), origin) };
  const errors = [{ resource: "IssueComment", code: "unprocessable", field: "data", message: problem }];
  return { status: 422, body: { message: "Validation Failed", errors } };
}

function json({ id, author, body }: Kept, origin: string): unknown {
  const html_url = `${origin}/acme/site/pull/12#issuecomment-${id}`;
  return { id, node_id: `IC_${id}`, body, html_url, user: { login: `${author}[bot]` } };
}

function graphQl(state: FakeState, { body }: Asked, user: string): Reply {
  if (textOf(body, "query").includes("minimizeComment")) {
    const kept = state.live.find(({ id }) => `IC_${id}` === textOf(body, "variables", "id"));
    if (kept === undefined || user === "reader")
      return {
        status: 200,
        body: {
          data: { minimizeComment: null },
          errors: [{ type: "FORBIDDEN", message: "Resource not accessible" }],
        },
      };
    kept.isHidden = true;
    return { status: 200, body: { data: { minimizeComment: { minimizedComment: { isMinimized: true } } } } };
  }
  const asked = JSON.stringify(body);
  const nodes = state.comments
    .filter(({ id }) => asked.includes(`"IC_${id}"`))
    .map(({ id, author, isHidden, isDeleted }) =>
      isDeleted ? null : { id: `IC_${id}`, isMinimized: isHidden, viewerDidAuthor: author === user },
    );
  return { status: 200, body: { data: { viewer: { login: `${user}[bot]` }, nodes } } };
}
