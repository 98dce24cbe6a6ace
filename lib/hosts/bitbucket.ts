import { z } from "zod";
import { ProjectError } from "../errors";
import type { Waits } from "../http/waits";
import { type Call, HostFailure, unexpected } from "./failure";
import type { Comment, CommentHost, View } from "./host";
import { type HostClient, hostClient, id, MOST_PAGES, parsed, sameOrigin } from "./host-client";
import type { Secret } from "./secrets";
import type { Where } from "./where";

const User = z.object({ uuid: z.string() });
const Written = z.object({
  id,
  content: z.object({ raw: z.string() }),
  user: User.nullish(),
  deleted: z.boolean().optional(),
  links: z.object({ html: z.object({ href: z.string() }).optional() }).optional(),
});
const Page = z.object({
  values: z.array(
    Written.extend({
      content: z.object({ raw: z.string().nullish() }),
      parent: z.unknown().optional(),
      inline: z.unknown().optional(),
    }),
  ),
  next: z.string().optional(),
});
const PullRequest = z.object({ source: z.object({ commit: z.object({ hash: z.string() }) }) });

/**
 * Comments on a pull request of Bitbucket Cloud.
 * https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/ (comments),
 * https://developer.atlassian.com/cloud/bitbucket/rest/intro/ (pagination: `next` is opaque),
 * https://developer.atlassian.com/cloud/bitbucket/rest/api-group-users/#api-user-get. How long a
 * comment may be is not documented; Bitbucket Data Center refuses 32,768 characters ("less than
 * 32768 characters"), and Cloud has taken more. Nothing hides a comment.
 * @param env with `BITBUCKET_ACCOUNT_UUID`: whose comments are the token's, needed with access
 * tokens, to which Bitbucket does not tell; and how to connect (lib/http)
 */
export async function connectBitbucket(
  where: Where & { readonly pullRequest: number },
  secret: Secret,
  waits: Waits,
  env: NodeJS.ProcessEnv,
): Promise<CommentHost> {
  const { apiUrl, repository, pullRequest } = where;
  const client = await hostClient(apiUrl, secret, waits, env);
  const base = `repositories/${repository}/pullrequests/${pullRequest}`;
  const call = (task: string): Call => ({ host: "bitbucket", task, place: `${repository}#${pullRequest}` });
  let me = env.BITBUCKET_ACCOUNT_UUID || undefined;

  const look = async (isOurs: (body: string) => boolean): Promise<View> => {
    const candidates = await listAll(
      client,
      `${base}/comments?pagelen=100`,
      apiUrl,
      call("read the comments"),
      isOurs,
    );
    if (candidates.length > 0) me ??= await whoAmI(client, candidates, call("read the token's user"));
    const asked = call("read the pull request");
    const { source } = parsed(PullRequest, (await client.read(base, asked)).data, asked);
    return { head: source.commit.hash, comments: candidates.filter(({ author }) => author === me) };
  };

  const write = async (
    method: "post" | "put",
    address: string,
    body: string,
    asked: Call,
  ): Promise<Comment> => {
    const written = parsed(
      Written,
      (await client.write(method, address, { content: { raw: body } }, asked)).data,
      asked,
    );
    me ??= written.user?.uuid;
    return { id: written.id, body: written.content.raw, url: written.links?.html?.href };
  };

  return {
    name: "bitbucket",
    mostCharacters: 32_767,
    rendersHtml: false,
    invisibleLine: "link-definition",
    waits,
    look,
    create: (body) => write("post", `${base}/comments`, body, call("create the comment")),
    update: (comment, body) =>
      write("put", `${base}/comments/${comment.id}`, body, call("update the comment")),
    delete: async (comment) => {
      await client.write("delete", `${base}/comments/${comment.id}`, undefined, call("delete a comment"));
    },
    hide: undefined,
  };
}

interface Candidate extends Comment {
  readonly author: string | undefined;
}

/** Top-level comments: no replies, no comments on a line of code. */
async function listAll(
  client: HostClient,
  first: string,
  apiUrl: string,
  call: Call,
  isOurs: (body: string) => boolean,
): Promise<readonly Candidate[]> {
  const found: Candidate[] = [];
  let address = first;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { values, next } = parsed(Page, (await client.read(address, call)).data, call);
    for (const { content, deleted, parent, inline, user, links, ...comment } of values) {
      const body = content.raw ?? "";
      const stands = deleted !== true && (parent ?? inline ?? undefined) === undefined;
      if (stands && isOurs(body))
        found.push({ id: comment.id, body, url: links?.html?.href, author: user?.uuid });
    }
    if (next === undefined) return found.sort((a, b) => a.id - b.id);
    address = sameOrigin(next, apiUrl, call);
  }
  throw unexpected(`more than ${MOST_PAGES} pages`, call);
}

/**
 * `GET /user` is refused to repository, project and workspace access tokens. Without an answer, the
 * comments of this token cannot be told from those of others.
 */
async function whoAmI(client: HostClient, candidates: readonly Candidate[], call: Call): Promise<string> {
  try {
    return parsed(User, (await client.read("user", call)).data, call).uuid;
  } catch (error) {
    if (!(error instanceof HostFailure) || error.isPassing || error.code === "review-host-unexpected")
      throw error;
    const authors = [...new Set(candidates.map(({ author }) => author ?? "a deleted account"))].join(", ");
    throw new ProjectError({
      code: "review-account-unknown",
      message: `Bitbucket does not say which account this token belongs to, so its comments at ${call.place} cannot be identified; candidates were written by ${authors}`,
      found: authors,
      fix: "set BITBUCKET_ACCOUNT_UUID to the account of the token, with braces, or use an API token with the scope read:user:bitbucket together with BITBUCKET_EMAIL",
      cause: error,
    });
  }
}
