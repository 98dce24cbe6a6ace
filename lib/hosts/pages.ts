import { isPath, type Repository, webUrl } from "../project/repository-address";
import type { HostName } from "./host";

export interface PullRequestPage extends Repository {
  readonly host: HostName;
  readonly number: number;
}

/**
 * A pull request of Bitbucket Data Center, maybe below a context path. A person's own project is
 * `~name` in the API.
 */
const DATA_CENTER =
  /^(?:\/[\w.-]+){0,3}?\/(projects|users)\/([\w.-]+)\/repos\/([\w.-]+)\/pull-requests\/([1-9]\d{0,8})(?:\/\w+)?\/?$/;

const PAGES: readonly (readonly [HostName, RegExp])[] = [
  ["gitlab", /^\/([\w.-]+(?:\/[\w.-]+)+)\/-\/merge_requests\/([1-9]\d{0,8})\/?$/],
  ["github", /^\/([\w.-]+\/[\w.-]+)\/pull\/([1-9]\d{0,8})\/?$/],
  ["bitbucket", /^\/([\w.-]+\/[\w.-]+)\/pull-requests\/([1-9]\d{0,8})\/?$/],
];

/**
 * The pull request that an address such as `CIRCLE_PULL_REQUEST` names; undefined: none.
 */
export function readPullRequestPage(text: string): PullRequestPage | undefined {
  const url = webUrl(text);
  if (url === undefined) return undefined;
  const [, kind, project = "", name, pullRequest] = DATA_CENTER.exec(url.pathname) ?? [];
  const own = `${kind === "users" ? "~" : ""}${project}/${name}`;
  if (kind !== undefined && isPath(own))
    return { host: "bitbucket-data-center", site: url.host, path: own, number: Number(pullRequest) };
  for (const [host, pattern] of PAGES) {
    const [, path, number] = pattern.exec(url.pathname) ?? [];
    if (path !== undefined && number !== undefined && isPath(path))
      return { host, site: url.host, path, number: Number(number) };
  }
  return undefined;
}

/** Whether two names are the same repository: hosts ignore case. */
export function isSamePath(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
