import type { z } from "zod";
import { ProjectError } from "../../errors";
import { type JsonClient, jsonClient } from "../../http/json-client";
import { type WaitOptions, Waits } from "../../http/waits";
import { circleciApi } from "./base-url";
import { type CircleCall, circleFailures, unexpectedAnswer } from "./failure";
import { Pipeline, Project, page, Settings, User, Workflow } from "./schema";
import { type ProjectSlug, printSlug } from "./slug";
import type { CircleToken } from "./token";

/** What a project does with pull requests of forks; undefined: CircleCI did not say. */
interface ForkSettings {
  /** `build_fork_prs`: they are built at all. */
  readonly areBuilt: boolean | undefined;
  /** `forks_receive_secret_env_vars`: their jobs get the project's secrets, and tokens. */
  readonly getSecrets: boolean | undefined;
}

/**
 * CircleCI's API v2, of which everything here only reads. Calls are repeated where that can help
 * (429 after `Retry-After`, 5xx, lost connections); what fails for good is a ProjectError of
 * `circleFailures`.
 */
export interface CircleCI {
  /** The address of the API. */
  readonly url: string;
  /** Whose token it is. */
  readonly me: () => Promise<User>;
  /** @returns undefined: there is no such user, or none that the token's user may see */
  readonly user: (id: string) => Promise<User | undefined>;
  readonly project: (slug: ProjectSlug) => Promise<Project>;
  /** The newest first, as many as there are up to `most`. */
  readonly recentPipelines: (slug: ProjectSlug, most: number) => Promise<readonly Pipeline[]>;
  readonly workflowsOf: (pipelineId: string) => Promise<readonly Workflow[]>;
  /** Marked as experimental in the API's description. */
  readonly forkSettings: (slug: ProjectSlug) => Promise<ForkSettings>;
}

export interface CircleOptions extends WaitOptions {
  /** How long an answer may take, in milliseconds. Default: 30,000. */
  readonly silenceMs?: number;
  /** `organization.server` of access.yaml, for `circleciApi`. */
  readonly server?: string;
}

/**
 * More pages than anything here has: a server that always names a next one would be asked for ever.
 */
const MOST_PAGES = 1_000;

/**
 * Nothing is sent yet.
 * @param token of `readCircleToken`
 * @param env for `circleciApi`, and for how to connect (lib/http)
 * @throws ProjectError `circleci-url` (exit 2)
 */
export async function connectCircleCI(
  { value, mask }: CircleToken,
  env: NodeJS.ProcessEnv,
  options: CircleOptions = {},
): Promise<CircleCI> {
  const url = circleciApi(env, options.server);
  const { silenceMs } = options;
  const api = { url, headers: { "circle-token": value }, mask, env };
  const client = await jsonClient(
    { ...api, ...(silenceMs === undefined ? {} : { silenceMs }) },
    new Waits(options),
    circleFailures,
  );
  const get = async <T>(schema: z.ZodType<T>, address: string, call: CircleCall): Promise<T> =>
    parsed(schema, (await client.read(address, call)).data, call);
  const projectPath = (slug: ProjectSlug): string =>
    `project/${[slug.provider, slug.organization, slug.project].map(encodeURIComponent).join("/")}`;
  return {
    url,
    me: () => get(User, "me", { task: "ask whose token this is", place: url }),
    user: (id) =>
      unlessNotFound(get(User, `user/${encodeURIComponent(id)}`, { task: "read the user", place: id })),
    project: (slug) => get(Project, projectPath(slug), { task: "read the project", place: printSlug(slug) }),
    recentPipelines: (slug, most) => {
      const call = { task: "list the project's pipelines", place: printSlug(slug) };
      return list(client, `${projectPath(slug)}/pipeline`, Pipeline, most, call);
    },
    workflowsOf: (id) => {
      const call = { task: "list the pipeline's workflows", place: id };
      return list(
        client,
        `pipeline/${encodeURIComponent(id)}/workflow`,
        Workflow,
        Number.POSITIVE_INFINITY,
        call,
      );
    },
    forkSettings: async (slug) => {
      const call = { task: "read the project's settings", place: printSlug(slug) };
      const { advanced } = await get(Settings, `${projectPath(slug)}/settings`, call);
      return { areBuilt: advanced?.build_fork_prs, getSecrets: advanced?.forks_receive_secret_env_vars };
    },
  };
}

/** Page after page: https://circleci.com/docs/guides/toolkit/api-developers-guide/#pagination */
async function list<Item extends z.ZodType>(
  client: JsonClient<CircleCall>,
  address: string,
  item: Item,
  most: number,
  call: CircleCall,
): Promise<readonly z.infer<Item>[]> {
  const found: z.infer<Item>[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const query = token === undefined ? "" : `?page-token=${encodeURIComponent(token)}`;
    const { items, next_page_token } = parsed(
      page(item),
      (await client.read(`${address}${query}`, call)).data,
      call,
    );
    found.push(...items);
    token = next_page_token || undefined;
    if (token !== undefined && (seen.has(token) || seen.size >= MOST_PAGES))
      throw unexpectedAnswer("its pages have no end", call);
    if (token !== undefined) seen.add(token);
  } while (token !== undefined && found.length < most);
  return found.slice(0, most);
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, call: CircleCall): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw unexpectedAnswer(issue === undefined ? "" : `${issue.path.join(".")}: ${issue.message}`, call);
}

async function unlessNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProjectError && error.code === "circleci-not-found") return undefined;
    throw error;
  }
}
