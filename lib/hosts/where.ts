import { type ErrorCode, ProjectError } from "../errors";
import { isPath, type Repository, readRepository } from "../project/repository-address";
import { apiUrlFor, hostOfApi, knownHost, knownSite } from "./api-url";
import { HOST_NAMES, type HostName } from "./host";
import { isSamePath, type PullRequestPage, readPullRequestPage } from "./pages";

/** Options that override CircleCI's environment. */
export interface WhereOptions {
  /** One of `HOST_NAMES`. Default: what the address of the API or of the pull request tells. */
  readonly host?: string | undefined;
  /** Such as `https://github.example.com/api/v3`; also `OIDC_REVIEW_API_URL`. */
  readonly apiUrl?: string | undefined;
  /** `owner/name`, or the repository's address. */
  readonly repository?: string | undefined;
  /** A number, or the pull request's page. */
  readonly pullRequest?: string | undefined;
  /** 40 or 64 hexadecimal digits. */
  readonly commit?: string | undefined;
}

/** Where a review is posted. */
export interface Where {
  readonly host: HostName;
  /** No slash at the end. */
  readonly apiUrl: string;
  readonly repository: string;
  /** Undefined, with GitLab alone: the open merge request of the commit, to be looked up. */
  readonly pullRequest: number | undefined;
  readonly commit: string;
}

/** There is no pull request to post to, and why. */
export interface Nowhere {
  readonly none: string;
}

/**
 * Which host, repository, pull request and commit, from CircleCI's environment:
 * `CIRCLE_PULL_REQUEST`, `CIRCLE_PULL_REQUESTS`, `CIRCLE_REPOSITORY_URL`, `CIRCLE_PROJECT_USERNAME`
 * and `CIRCLE_PROJECT_REPONAME`, `CIRCLE_SHA1` (https://circleci.com/docs/reference/variables/).
 * For GitLab, CircleCI sets no variable about pull requests, and no pipeline value has the number
 * of the merge request: the pipeline sets `CIRCLE_REPOSITORY_URL: << pipeline.project.git_url >>`
 * itself, and the merge request is found by its commit. Only `apiUrlFor` decides where a token
 * goes.
 * @throws ProjectError `review-host`, `review-repository`, `review-pull-request`, `review-commit`,
 * `review-commit-unknown`, and those of `apiUrlFor` (exit 2)
 */
export function whereToPost(env: NodeJS.ProcessEnv, options: WhereOptions = {}): Where | Nowhere {
  const chosen = options.apiUrl ?? given(env.OIDC_REVIEW_API_URL);
  const wanted = readHost(options.host) ?? (chosen === undefined ? undefined : hostOfApi(chosen));
  const own = ownRepository(env, options, wanted);
  const page = pageOf(env, options, own);
  if (page !== undefined && "none" in page) return page;
  if (page === undefined && own === undefined)
    return { none: wanted === "gitlab" ? NO_REPOSITORY : NO_PULL_REQUEST };
  const site = page?.site ?? own?.site ?? "";
  const host = wanted ?? page?.host ?? knownHost(site);
  if (host === undefined) throw wrong("review-host", site, `unknown host ${site}`, HOST_FIX);
  const number = page?.number ?? numberOf(options.pullRequest);
  if (number === undefined && host !== "gitlab") return { none: NO_PULL_REQUEST };
  const repository = page?.path ?? pathAt(host, own);
  if (host !== "gitlab" && repository.split("/").length !== 2)
    throw wrong(
      "review-repository",
      repository,
      `"${repository}" is not a repository on ${host}`,
      REPOSITORY_FIX,
    );
  return {
    host,
    apiUrl: apiUrlFor(site, host, chosen),
    repository,
    pullRequest: number,
    commit: commitOf(env, options),
  };
}

const NO_PULL_REQUEST = "this pipeline has no pull request: CIRCLE_PULL_REQUEST is not set";
const NO_REPOSITORY =
  "the GitLab repository is unknown: set CIRCLE_REPOSITORY_URL to << pipeline.project.git_url >>, or pass --repository";
const REPOSITORY_FIX = "write it as owner/name";
const HOST_FIX = `pass --host ${HOST_NAMES.join(", ")}`;

function readHost(text: string | undefined): HostName | undefined {
  const host = HOST_NAMES.find((name) => name === text);
  if (text === undefined || host !== undefined) return host;
  throw wrong("review-host", text, `unknown host "${text}"`, HOST_FIX);
}

/** The repository of `--repository`, else the project's; undefined: neither is known. */
function ownRepository(
  env: NodeJS.ProcessEnv,
  { repository, pullRequest }: WhereOptions,
  wanted: HostName | undefined,
): Repository | undefined {
  const url = given(env.CIRCLE_REPOSITORY_URL);
  const project = url === undefined ? undefined : readRepository(url);
  if (repository !== undefined) {
    const named = readRepository(repository);
    if (named !== undefined) return named;
    if (!isPath(repository))
      throw wrong("review-repository", repository, `"${repository}" is not a repository`, REPOSITORY_FIX);
    const site =
      siteOf(pullRequest) ??
      (wanted === undefined ? undefined : knownSite(wanted)) ??
      siteOf(env.CIRCLE_PULL_REQUEST) ??
      project?.site;
    if (site === undefined)
      throw wrong("review-repository", repository, `the host of ${repository} is unknown`, HOST_FIX);
    return { site, path: repository };
  }
  if (project !== undefined) return project;
  const path = `${env.CIRCLE_PROJECT_USERNAME ?? ""}/${env.CIRCLE_PROJECT_REPONAME ?? ""}`;
  const site = siteOf(pullRequest) ?? siteOf(env.CIRCLE_PULL_REQUEST) ?? (wanted && knownSite(wanted));
  return isPath(path) && site !== undefined ? { site, path } : undefined;
}

function siteOf(page: string | undefined): string | undefined {
  return page === undefined ? undefined : readPullRequestPage(page)?.site;
}

/**
 * The page of the pull request; of several, the one in the project's repository. Pull requests of
 * other repositories are not written to: a plan may be private.
 */
function pageOf(
  env: NodeJS.ProcessEnv,
  { pullRequest }: WhereOptions,
  own: Repository | undefined,
): PullRequestPage | Nowhere | undefined {
  if (pullRequest !== undefined) {
    if (numberOf(pullRequest) !== undefined) return undefined;
    const page = readPullRequestPage(pullRequest);
    if (page !== undefined) return page;
    throw wrong(
      "review-pull-request",
      pullRequest,
      `"${pullRequest}" is not a pull request`,
      "pass its number or the address of its page",
    );
  }
  const texts = [env.CIRCLE_PULL_REQUEST ?? "", ...(env.CIRCLE_PULL_REQUESTS ?? "").split(",")];
  const listed = texts.map((text) => text.trim()).filter((text) => text !== "" && text !== "<nil>");
  const pages = listed.flatMap((text) => readPullRequestPage(text) ?? []);
  const [first] = pages;
  if (first === undefined) {
    if (listed.length === 0) return undefined;
    throw wrong(
      "review-pull-request",
      listed.join(","),
      "CIRCLE_PULL_REQUEST is not the address of a pull request",
      "pass --pull-request",
    );
  }
  if (own === undefined) return first;
  const ours = pages.find(({ host, site, path }) => site === own.site && isSamePath(path, pathAt(host, own)));
  return (
    ours ?? {
      none: `the pull request is in ${first.site}/${first.path}, but the project's repository is ${own.site}/${own.path} (to post there anyway, pass its address with --pull-request)`,
    }
  );
}

/** Bitbucket Data Center clones over https from `/scm/KEY/name`, maybe below a context path. */
function pathAt(host: HostName, own: Repository | undefined): string {
  const path = own?.path ?? "";
  return host === "bitbucket-data-center" ? path.replace(/^(?:.*\/)?scm\//, "") : path;
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

function commitOf(env: NodeJS.ProcessEnv, options: WhereOptions): string {
  const commit = options.commit ?? given(env.CIRCLE_SHA1);
  if (commit === undefined)
    throw wrong(
      "review-commit-unknown",
      "",
      "the reviewed commit is unknown: CIRCLE_SHA1 is not set",
      "pass the full hash with --commit",
    );
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) return commit;
  throw wrong(
    "review-commit",
    commit,
    "invalid commit: expected 40 or 64 lower-case hexadecimal digits",
    "use the full hash: git rev-parse HEAD",
  );
}

/** CircleCI writes `<nil>` for an empty pipeline value. */
function given(text: string | undefined): string | undefined {
  return text === undefined || text === "" || text === "<nil>" ? undefined : text;
}

function wrong(code: ErrorCode, found: string, message: string, fix: string): ProjectError {
  return new ProjectError({ code, message, found, fix, exitCode: 2 });
}
