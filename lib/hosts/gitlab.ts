import { z } from "zod";
import { ProjectError } from "../errors";
import type { Waits } from "../http/waits";
import { allPages, commentsIn } from "./comment-list";
import { type Call, HostFailure } from "./failure";
import type { CommentHost, View } from "./host";
import { type HostClient, hostClient, id, nextPage, parsed } from "./host-client";
import type { Secret } from "./secrets";
import type { Nowhere, Where } from "./where";

const Note = z.object({ id, body: z.string(), system: z.boolean(), author: z.object({ id }) });
const MergeRequest = z.object({ sha: z.string(), web_url: z.string() });
const MergeRequests = z.array(z.object({ iid: id, state: z.string() }));

/**
 * Notes on a merge request of GitLab. https://docs.gitlab.com/api/notes/#merge-requests (a note
 * holds 1,000,000 characters), https://docs.gitlab.com/api/rest/#pagination,
 * https://docs.gitlab.com/api/users/#get-the-current-user,
 * https://docs.gitlab.com/api/merge_requests/#get-single-mr. There is no call that hides a note.
 */
export async function connectGitLab(
  where: Where & { readonly pullRequest: number },
  secret: Secret,
  waits: Waits,
  env: NodeJS.ProcessEnv,
): Promise<CommentHost> {
  const { apiUrl, repository, pullRequest } = where;
  const client = await hostClient(apiUrl, secret, waits, env);
  const base = `projects/${encodeURIComponent(repository)}/merge_requests/${pullRequest}`;
  const call = (task: string): Call => ({ host: "gitlab", task, place: `${repository}!${pullRequest}` });
  let me: number | undefined;

  const look = async (isOurs: (body: string) => boolean): Promise<View> => {
    const candidates = await listAll(client, base, apiUrl, call("read the notes"), isOurs);
    if (candidates.length > 0) me ??= await whoAmI(client, call("read the token's user"));
    const asked = call("read the merge request");
    const { sha, web_url } = parsed(MergeRequest, (await client.read(base, asked)).data, asked);
    const own = candidates.filter(({ author }) => author.id === me);
    return {
      head: sha,
      comments: own.map((note) => ({ id: note.id, body: note.body, url: `${web_url}#note_${note.id}` })),
    };
  };

  return {
    name: "gitlab",
    mostCharacters: 1_000_000,
    rendersHtml: true,
    invisibleLine: "html-comment",
    waits,
    look,
    ...commentsIn(`${base}/notes`, "note", client, call, async (method, address, body, asked) => {
      refuseQuickActions(body);
      const { data } = await client.write(method, address, { body }, asked);
      const note = parsed(Note, data, asked);
      return { id: note.id, body: note.body, url: undefined };
    }),
  };
}

/**
 * The open merge request of a commit: CircleCI has no variable for it.
 * https://docs.gitlab.com/api/commits/#list-merge-requests-associated-with-a-commit
 */
export async function findMergeRequest(
  where: Where,
  secret: Secret,
  waits: Waits,
  env: NodeJS.ProcessEnv,
): Promise<number | Nowhere> {
  const { apiUrl, repository, commit } = where;
  const client = await hostClient(apiUrl, secret, waits, env);
  const call: Call = { host: "gitlab", task: "find the commit's merge request", place: repository };
  const address = `projects/${encodeURIComponent(repository)}/repository/commits/${commit}/merge_requests?per_page=100`;
  const all = parsed(MergeRequests, (await client.read(address, call)).data, call);
  const open = all.filter(({ state }) => state === "opened").map(({ iid }) => iid);
  const [first] = open;
  if (first === undefined) return { none: `${repository} has no open merge request with commit ${commit}` };
  if (open.length === 1) return first;
  throw new ProjectError({
    code: "review-pull-request",
    message: `commit ${commit} has several open merge requests: ${open.join(", ")}`,
    found: open.join(","),
    fix: "select one with --pull-request",
    exitCode: 2,
  });
}

type GitLabNote = z.infer<typeof Note>;

function listAll(
  client: HostClient,
  base: string,
  apiUrl: string,
  call: Call,
  isOurs: (body: string) => boolean,
): Promise<readonly GitLabNote[]> {
  const first = `${base}/notes?per_page=100&sort=asc&order_by=created_at`;
  return allPages(first, call, async (address) => {
    const { data, header } = await client.read(address, call);
    const found = parsed(z.array(Note), data, call).filter(({ body, system }) => !system && isOurs(body));
    const number = header("x-next-page") ?? "";
    const next = /^\d+$/.test(number) ? `${first}&page=${number}` : nextPage(header("link"), apiUrl, call);
    return { found, next };
  });
}

async function whoAmI(client: HostClient, call: Call): Promise<number> {
  return parsed(z.object({ id }), (await client.read("user", call)).data, call).id;
}

/**
 * GitLab runs a line that begins with a slash and a word as a command
 * (https://docs.gitlab.com/user/project/quick_actions/). A report never holds one.
 */
function refuseQuickActions(body: string): void {
  const [line] = /^[ \t]*\/[a-z][^\r\n]*/im.exec(body) ?? [];
  if (line === undefined) return;
  throw new HostFailure({
    code: "review-quick-action",
    message: `the comment was not sent: GitLab would run this line as a quick action: ${line.trim().slice(0, 80)}`,
    found: line.trim().slice(0, 80),
    fix: "this is a bug in this program: please report it",
  });
}
