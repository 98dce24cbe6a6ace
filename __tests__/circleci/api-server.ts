import { type Asked, FaultPlan, type Reply, serveFaulty } from "../http/faulty-server";

/** A user of CircleCI, schema `User`. */
interface CircleUser {
  readonly id: string;
  readonly login: string;
  readonly name: string;
}

/**
 * A run of a project: who triggered it, and who started its workflows (the same person, but for
 * those that were run again).
 */
export interface CirclePipeline {
  readonly id: string;
  /** A login; null: CircleCI names none. */
  readonly actor: string | null;
  /** User ids; none: the pipeline had an error. */
  readonly startedBy: readonly string[];
  /**
   * The repository of the code, where it is another than the project's. Null: the pipeline says
   * nothing of its code.
   */
  readonly origin?: string | null;
}

export interface CircleProject {
  /** Such as `gh/acme/website`. */
  readonly slug: string;
  readonly id: string;
  readonly name: string;
  readonly organization: { readonly id: string; readonly name: string };
  /** Such as `https://github.com/acme/website`. */
  readonly repository: string;
  /** Newest first. */
  pipelines: readonly CirclePipeline[];
  /** The field `advanced` of its settings. */
  advanced?: Readonly<Record<string, boolean>>;
  /** Ids of those who may not see it. */
  readonly hiddenFrom?: readonly string[];
}

/** What the fake CircleCI knows; tests set and read it. */
export class CircleState extends FaultPlan {
  users: readonly CircleUser[] = [];
  projects: readonly CircleProject[] = [];
  /** User ids by their tokens. */
  tokens: Readonly<Record<string, string>> = {};
  /** As many as the real one gives at once. */
  pageSize = 20;
}

export interface FakeCircleCI {
  /** For `CIRCLE_URL`. */
  readonly url: string;
  readonly state: CircleState;
  readonly close: () => Promise<void>;
}

/**
 * CircleCI's API v2 on the loopback interface, as https://circleci.com/api/v2/openapi.json
 * describes it: `getCurrentUser`, `getUser`, `getProjectBySlug`, `listPipelinesForProject`,
 * `listWorkflowsByPipelineId`, `getProjectSettings`, for personal tokens in `Circle-Token`.
 */
export async function serveCircleCI(state = new CircleState()): Promise<FakeCircleCI> {
  const { origin, close } = await serveFaulty(state, (asked) => answer(asked, state));
  return { url: origin, state, close };
}

function answer(asked: Asked, state: CircleState): Reply {
  const url = new URL(asked.path, "http://fake");
  const token = asked.headers["circle-token"];
  const me =
    typeof token === "string" && Object.hasOwn(state.tokens, token) ? state.tokens[token] : undefined;
  if (me === undefined) return message(401, "Invalid token provided.");
  const path = url.pathname.split("/").slice(1).map(decodeURIComponent);
  if (asked.method !== "GET" || path.splice(0, 2).join("/") !== "api/v2") return message(404, "Not found");
  const [kind, ...rest] = path;
  const pageToken = url.searchParams.get("page-token") ?? "";
  if (kind === "me" && rest.length === 0) return user(me, state);
  if (kind === "user" && rest.length === 1) return user(rest[0] ?? "", state);
  if (kind === "pipeline" && rest.length === 2 && rest[1] === "workflow")
    return workflows(rest[0] ?? "", pageToken, state);
  if (kind !== "project") return message(404, "Not found");
  const slug = rest
    .slice(0, 3)
    .join("/")
    .replace(/^github\//, "gh/")
    .replace(/^bitbucket\//, "bb/");
  const project = state.projects.find((one) => one.slug === slug);
  if (project === undefined || project.hiddenFrom?.includes(me) === true)
    return message(404, "Project not found");
  const what = rest.slice(3).join("/");
  if (what === "") return { status: 200, body: projectBody(project) };
  if (what === "settings") return { status: 200, body: { advanced: project.advanced ?? {} } };
  if (what === "pipeline") return pageOf(pipelineBodies(project), pageToken, state);
  return message(404, "Not found");
}

function user(id: string, { users }: CircleState): Reply {
  const found = users.find((one) => one.id === id);
  return found === undefined
    ? message(404, "User not found")
    : { status: 200, body: { ...found, avatar_url: null } };
}

function projectBody({ slug, id, name, organization, repository }: CircleProject): object {
  const [provider, owner] = slug.split("/");
  return {
    slug,
    id,
    name,
    organization_id: organization.id,
    organization_name: organization.name,
    organization_slug: `${provider}/${owner}`,
    vcs_info:
      provider === "circleci"
        ? { vcs_url: `//circleci.com/${organization.id}/${id}`, provider: "CircleCI", default_branch: "main" }
        : {
            vcs_url: repository,
            provider: provider === "gh" ? "GitHub" : "Bitbucket",
            default_branch: "main",
          },
  };
}

const TIME = "2026-08-24T14:15:22Z";

function pipelineBodies({ pipelines, slug, repository }: CircleProject): readonly object[] {
  return pipelines.map(({ id, actor, origin, startedBy }, index) => ({
    id,
    number: pipelines.length - index,
    project_slug: slug,
    created_at: TIME,
    errors: startedBy.length === 0 ? [{ type: "config", message: "the config is wrong" }] : [],
    state: startedBy.length === 0 ? "errored" : "created",
    trigger: {
      type: "webhook",
      received_at: TIME,
      actor: actor === null ? {} : { login: actor, avatar_url: null },
    },
    ...(origin === null
      ? {}
      : {
          vcs: {
            provider_name: "GitHub",
            origin_repository_url: origin ?? repository,
            target_repository_url: repository,
            revision: "f".repeat(40),
          },
        }),
  }));
}

function workflows(pipelineId: string, pageToken: string, state: CircleState): Reply {
  const project = state.projects.find(({ pipelines }) => pipelines.some(({ id }) => id === pipelineId));
  const at = project?.pipelines.findIndex(({ id }) => id === pipelineId) ?? -1;
  const pipeline = project?.pipelines[at];
  if (project === undefined || pipeline === undefined) return message(404, "Pipeline not found");
  const bodies = pipeline.startedBy.map((startedBy, index) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    name: "website",
    status: "success",
    created_at: TIME,
    stopped_at: TIME,
    pipeline_id: pipelineId,
    pipeline_number: project.pipelines.length - at,
    project_slug: project.slug,
    started_by: startedBy,
  }));
  return pageOf(bodies, pageToken, state);
}

/** The token is opaque to callers. */
function pageOf(items: readonly object[], pageToken: string, { pageSize }: CircleState): Reply {
  const from = pageToken === "" ? 0 : Number(Buffer.from(pageToken, "base64").toString());
  if (!Number.isInteger(from) || from < 0 || (pageToken !== "" && from >= items.length))
    return message(400, "Invalid page token");
  const to = from + pageSize;
  const next = to < items.length ? Buffer.from(String(to)).toString("base64") : null;
  return { status: 200, body: { items: items.slice(from, to), next_page_token: next } };
}

function message(status: number, text: string): Reply {
  return { status, body: { message: text } };
}
