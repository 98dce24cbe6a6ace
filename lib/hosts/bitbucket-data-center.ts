import { z } from "zod";
import { ProjectError } from "../errors";
import type { Waits } from "../http/waits";
import { type Call, HostFailure, unexpected } from "./failure";
import type { Comment, CommentHost, View } from "./host";
import { type HostClient, hostClient, id, MOST_PAGES, parsed } from "./host-client";
import type { Secret } from "./secrets";
import type { Where } from "./where";

const Reply = z.object({ id });
const Written = z.object({
  id,
  /** Grows with each change; a write names the one that it changes. */
  version: z.number().int().nonnegative(),
  text: z.string(),
  author: z.object({ name: z.string() }),
});
const Activities = z.object({
  values: z.array(
    z.object({
      action: z.string(),
      commentAction: z.string().nullish(),
      comment: Written.extend({ comments: z.array(Reply).nullish() }).nullish(),
      commentAnchor: z.unknown().optional(),
    }),
  ),
  isLastPage: z.boolean(),
  nextPageStart: z.number().int().nonnegative().nullish(),
});
const PullRequest = z.object({
  fromRef: z.object({ latestCommit: z.string() }),
  links: z.object({ self: z.array(z.object({ href: z.string() })) }).optional(),
});

type Found = z.infer<typeof Written>;

/**
 * Comments on a pull request of Bitbucket Data Center.
 * https://developer.atlassian.com/server/bitbucket/rest/v906/api-group-pull-requests/ (comments are
 * listed among the activities, newest first; a write names the comment's version and is refused
 * with 409 if that is not the newest; paging by `nextPageStart`). A comment has fewer than 32,768
 * characters. The API has no call for the token's user: every answer names it in `X-AUSERNAME`.
 * @param env with `BITBUCKET_USERNAME`, for servers that leave out that header; and how to connect
 */
export async function connectDataCenter(
  where: Where & { readonly pullRequest: number },
  secret: Secret,
  waits: Waits,
  env: NodeJS.ProcessEnv,
): Promise<CommentHost> {
  const { apiUrl, repository, pullRequest } = where;
  const client = await hostClient(apiUrl, secret, waits, env);
  const [project = "", name = ""] = repository.split("/");
  const base = `projects/${encodeURIComponent(project)}/repos/${encodeURIComponent(name)}/pull-requests/${pullRequest}`;
  const call = (task: string): Call => ({
    host: "bitbucket-data-center",
    task,
    place: `${repository}#${pullRequest}`,
  });
  const versions = new Map<number, number>();
  let me = env.BITBUCKET_USERNAME || undefined;
  let page: string | undefined;

  const kept = ({ id: comment, version, text }: Found): Comment => {
    versions.set(comment, version);
    const url = page === undefined ? undefined : `${page}/overview?commentId=${comment}`;
    return { id: comment, body: text, url };
  };

  const look = async (isOurs: (body: string) => boolean): Promise<View> => {
    const asked = call("read the comments");
    const { found, user } = await listAll(client, `${base}/activities?limit=100`, asked);
    const candidates = found.filter(({ text }) => isOurs(text));
    me ??= user;
    if (me === undefined && candidates.length > 0) throw unknownUser(candidates, asked.place);
    const read = call("read the pull request");
    const { fromRef, links } = parsed(PullRequest, (await client.read(base, read)).data, read);
    page = links?.self[0]?.href;
    const own = candidates.filter(({ author }) => author.name.toLowerCase() === me?.toLowerCase());
    return { head: fromRef.latestCommit, comments: own.map(kept) };
  };

  const write = async (method: "post" | "put", address: string, body: object, asked: Call) =>
    kept(parsed(Written, (await client.write(method, address, body, asked)).data, asked));

  return {
    name: "bitbucket-data-center",
    mostCharacters: 32_767,
    rendersHtml: false,
    invisibleLine: "link-definition",
    waits,
    look,
    create: (text) => write("post", `${base}/comments`, { text }, call("create the comment")),
    update: async (comment, text) => {
      const version = versions.get(comment.id) ?? 0;
      const asked = call("update the comment");
      return passing(write("put", `${base}/comments/${comment.id}`, { text, version }, asked));
    },
    delete: async (comment) => {
      const version = versions.get(comment.id) ?? 0;
      const address = `${base}/comments/${comment.id}?version=${version}`;
      await passing(client.write("delete", address, undefined, call("delete a comment")));
    },
    hide: undefined,
  };
}

/**
 * 409: the comment has another version than the one that was read, so the caller reads it again. A
 * comment with replies is never deleted: then this is the error that remains.
 */
async function passing<T>(written: Promise<T>): Promise<T> {
  try {
    return await written;
  } catch (error) {
    if (!(error instanceof HostFailure) || error.found !== "409") throw error;
    const { message, found } = error;
    const fix = "run the command again; a comment with replies cannot be deleted: use --on-no-changes update";
    throw new HostFailure({ code: "review-comment-refused", message, found, fix }, true);
  }
}

interface Listed {
  /** Oldest first. */
  readonly found: readonly Found[];
  /** Whose token it is; undefined: the server did not say. */
  readonly user: string | undefined;
}

/**
 * Top-level comments as they are now: no replies, no comments on a line of code, no deleted ones.
 */
async function listAll(client: HostClient, address: string, call: Call): Promise<Listed> {
  const comments = new Map<number, Found>();
  const others = new Set<number>();
  let user: string | undefined;
  let start = 0;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data, header } = await client.read(`${address}&start=${start}`, call);
    user ??= userIn(header("x-ausername"));
    const { values, isLastPage, nextPageStart } = parsed(Activities, data, call);
    for (const { commentAction, comment, commentAnchor } of values) {
      if (comment === null || comment === undefined) continue;
      for (const reply of comment.comments ?? []) others.add(reply.id);
      if (
        commentAction === "DELETED" ||
        commentAction === "REPLIED" ||
        (commentAnchor ?? undefined) !== undefined
      )
        others.add(comment.id);
      const known = comments.get(comment.id);
      if (known === undefined || known.version < comment.version) comments.set(comment.id, comment);
    }
    if (isLastPage) {
      const found = [...comments.values()].filter((one) => !others.has(one.id));
      return { found: found.sort((a, b) => a.id - b.id), user };
    }
    if (typeof nextPageStart !== "number" || nextPageStart <= start)
      throw unexpected("a page names no later page", call);
    start = nextPageStart;
  }
  throw unexpected(`more than ${MOST_PAGES} pages`, call);
}

function userIn(name: string | undefined): string | undefined {
  if (name === undefined || name === "" || name === "anonymous") return undefined;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function unknownUser(candidates: readonly Found[], place: string): ProjectError {
  const authors = [...new Set(candidates.map(({ author }) => author.name))].join(", ");
  return new ProjectError({
    code: "review-account-unknown",
    message: `Bitbucket Data Center does not say which user this token belongs to, so its comments at ${place} cannot be identified; candidates were written by ${authors}`,
    found: authors,
    fix: "set BITBUCKET_USERNAME to the user of the token",
  });
}
