import { z } from "zod";
import type { Waits } from "../http/waits";
import { allPages } from "./comment-list";
import type { Call } from "./failure";
import { type GitHubClient, gitHubClient } from "./github-client";
import { type AskGraphQl, gitHubGraphQl } from "./github-graphql";
import type { Comment, CommentHost, View } from "./host";
import { id, nextPage, parsed } from "./host-client";
import type { Secret } from "./secrets";
import type { Where } from "./where";

const Written = z.object({ id, node_id: z.string(), body: z.string().nullish(), html_url: z.string() });
const Listed = Written.extend({ user: z.object({ login: z.string() }).nullable() });
const PullRequest = z.object({ head: z.object({ sha: z.string() }) });
const Seen = z.object({
  viewer: z.object({ login: z.string() }),
  nodes: z.array(
    z.object({ id: z.string(), isMinimized: z.boolean(), viewerDidAuthor: z.boolean() }).nullable(),
  ),
});

const Hidden = z.object({
  minimizeComment: z.object({ minimizedComment: z.object({ isMinimized: z.literal(true) }) }),
});

/**
 * https://docs.github.com/en/graphql/reference/queries#nodes: at most 100 ids. Unlike `GET /user`,
 * `viewer` works with the token of an app.
 */
const WHO = `query ($ids: [ID!]!) {
  viewer { login }
  nodes(ids: $ids) { ... on IssueComment { id isMinimized viewerDidAuthor } }
}`;
const MOST_IDS = 100;

/** https://docs.github.com/en/graphql/reference/mutations#minimizecomment */
const HIDE = `mutation ($id: ID!) {
  minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized } }
}`;

/**
 * Comments on a pull request of GitHub or GitHub Enterprise: the API has them as issue comments.
 * https://docs.github.com/en/rest/issues/comments (list, create, update, delete),
 * https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request,
 * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api (`Link`).
 * Only the 422 for a longer comment documents the limit ("body is too long (maximum is 65536
 * characters)"); it counts code points, or four bytes for each.
 */
export async function connectGitHub(
  where: Where & { readonly pullRequest: number },
  secret: Secret,
  waits: Waits,
  env: NodeJS.ProcessEnv,
): Promise<CommentHost> {
  const { apiUrl, repository, pullRequest } = where;
  const [owner, repo] = repository.split("/");
  const client = await gitHubClient(apiUrl, secret, waits, env);
  const ask = gitHubGraphQl(client, apiUrl);
  const place = { owner, repo };
  const call = (task: string): Call => ({ host: "github", task, place: `${repository}#${pullRequest}` });
  const known = new Map<number, Known>();

  const look = async (isOurs: (body: string) => boolean): Promise<View> => {
    const candidates = await listAll(client, where, call("read the comments"), isOurs);
    await learn(ask, candidates, known, call("read the authors of the comments"));
    const asked = call("read the pull request");
    const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
    const { data } = await client(route, { ...place, pull_number: pullRequest }, "repeat", asked);
    const comments = candidates.filter(({ id }) => known.get(id)?.isOwnAndSeen === true).map(commentOf);
    return { comments, head: parsed(PullRequest, data, asked).head.sha };
  };

  const write = async (
    route: string,
    parameters: Readonly<Record<string, unknown>>,
    asked: Call,
  ): Promise<Comment> => {
    const { data } = await client(route, { ...place, ...parameters }, "once", asked);
    const written = parsed(Written, data, asked);
    known.set(written.id, { nodeId: written.node_id, isOwnAndSeen: true });
    return commentOf(written);
  };

  return {
    name: "github",
    mostCharacters: 65_536,
    rendersHtml: true,
    invisibleLine: "html-comment",
    waits,
    look,
    create: (body) => {
      const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
      return write(route, { issue_number: pullRequest, body }, call("create the comment"));
    },
    update: ({ id: comment_id }, body) => {
      const route = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";
      return write(route, { comment_id, body }, call("update the comment"));
    },
    delete: async (comment) => {
      const route = "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}";
      await client(route, { ...place, comment_id: comment.id }, "once", call("delete a comment"));
    },
    hide: async ({ id }) => {
      const asked = call("hide an old comment");
      const { nodeId = "" } = known.get(id) ?? {};
      parsed(Hidden, await ask(HIDE, { id: nodeId }, "once", asked), asked);
      known.set(id, { nodeId, isOwnAndSeen: false });
    },
  };
}

/** The author of a comment does not change, and during a run only this process hides comments. */
interface Known {
  readonly nodeId: string;
  /** Written by the token's user and not hidden. */
  readonly isOwnAndSeen: boolean;
}

function commentOf({ id, body, html_url }: z.infer<typeof Written>): Comment {
  return { id, body: body ?? "", url: html_url };
}

type ListedComment = z.infer<typeof Listed>;

function listAll(
  client: GitHubClient,
  { apiUrl, repository, pullRequest }: Where,
  call: Call,
  isOurs: (body: string) => boolean,
): Promise<readonly ListedComment[]> {
  const first = `/repos/${repository}/issues/${pullRequest}/comments`;
  return allPages(first, call, async (address) => {
    const { data, link } = await client(
      `GET ${address}`,
      address === first ? { per_page: 100 } : {},
      "repeat",
      call,
    );
    const found = parsed(z.array(Listed), data, call).filter(({ body }) => isOurs(body ?? ""));
    return { found, next: nextPage(link, apiUrl, call) };
  });
}

/** Asks about comments that are not in `known` yet. */
async function learn(
  ask: AskGraphQl,
  candidates: readonly ListedComment[],
  known: Map<number, Known>,
  call: Call,
): Promise<void> {
  const unknown = candidates.filter(({ id }) => !known.has(id));
  for (let from = 0; from < unknown.length; from += MOST_IDS) {
    const some = unknown.slice(from, from + MOST_IDS);
    const data = await ask(WHO, { ids: some.map(({ node_id }) => node_id) }, "repeat", call);
    const { viewer, nodes } = parsed(Seen, data, call);
    const seen = new Map(nodes.flatMap((node) => (node === null ? [] : [[node.id, node]])));
    for (const { id, node_id, user } of some) {
      const node = seen.get(node_id);
      const isOwn = node?.viewerDidAuthor === true || user?.login === viewer.login;
      known.set(id, { nodeId: node_id, isOwnAndSeen: node?.isMinimized === false && isOwn });
    }
  }
}
