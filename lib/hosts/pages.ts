import { isPath, type Repository, webUrl } from "../project/repository-address";
import type { HostName } from "./host";

export interface PullRequestPage extends Repository {
  readonly host: HostName;
  readonly number: number;
}

const PAGES: readonly (readonly [HostName, RegExp])[] = [
  ["gitlab", /^\/([\w.-]+(?:\/[\w.-]+)+)\/-\/merge_requests\/([1-9]\d{0,8})\/?$/],
  ["github", /^\/([\w.-]+\/[\w.-]+)\/pull\/([1-9]\d{0,8})\/?$/],
  ["bitbucket", /^\/([\w.-]+\/[\w.-]+)\/pull-requests\/([1-9]\d{0,8})\/?$/],
];

/**
 * The page of a pull request, as CircleCI's `CIRCLE_PULL_REQUEST` has it; undefined: it is none.
 */
export function readPullRequestPage(text: string): PullRequestPage | undefined {
  const url = webUrl(text);
  if (url === undefined) return undefined;
  for (const [host, pattern] of PAGES) {
    const [, path, number] = pattern.exec(url.pathname) ?? [];
    if (path !== undefined && number !== undefined && isPath(path))
      return { host, site: url.host, path, number: Number(number) };
  }
  return undefined;
}

/** Two names of one repository: hosts take no notice of upper and lower case. */
export function isSamePath(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
