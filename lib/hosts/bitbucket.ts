import { z } from "zod";
import { ProjectError } from "../errors";
import type { Waits } from "../http/waits";
import { allPages, commentsIn } from "./comment-list";
import { type Call, HostFailure } from "./failure";
import type { Comment, CommentHost, View } from "./host";
import { type HostClient, hostClient, id, parsed, sameOrigin } from "./host-client";
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

  return {
    name: "bitbucket",
    mostCharacters: 32_767,
    rendersHtml: false,
    invisibleLine: "link-definition",
    waits,
    look,
    ...commentsIn(`${base}/comments`, "comment", client, call, async (method, address, body, asked) => {
      const { data } = await client.write(method, address, { content: { raw: body } }, asked);
      const { id, user, content, links } = parsed(Written, data, asked);
      me ??= user?.uuid;
      return { id, body: content.raw, url: links?.html?.href };
    }),
  };
}

interface Candidate extends Comment {
  readonly author: string | undefined;
}

/** Top-level comments: no replies, no comments on a line of code. */
function listAll(
  client: HostClient,
  first: string,
  apiUrl: string,
  call: Call,
  isOurs: (body: string) => boolean,
): Promise<readonly Candidate[]> {
  return allPages(first, call, async (address) => {
    const { values, next } = parsed(Page, (await client.read(address, call)).data, call);
    const found = values.flatMap(({ id, content, deleted, parent, inline, user, links }) => {
      const body = content.raw ?? "";
      const isTopLevel = deleted !== true && (parent ?? inline ?? undefined) === undefined;
      return isTopLevel && isOurs(body) ? [{ id, body, url: links?.html?.href, author: user?.uuid }] : [];
    });
    return { found, next: next === undefined ? undefined : sameOrigin(next, apiUrl, call) };
  });
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
