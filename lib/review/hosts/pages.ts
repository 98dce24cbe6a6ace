import type { HostName } from "./host";

/** A repository on a site. */
export interface Repository {
  /** A host name, with a port if it is not the usual one. */
  readonly site: string;
  /** `owner/name`; GitLab's may have groups within groups. */
  readonly path: string;
}

export interface PullRequestPage extends Repository {
  readonly host: HostName;
  readonly number: number;
}

const PAGES: readonly (readonly [HostName, RegExp])[] = [
  ["gitlab", /^\/([\w.-]+(?:\/[\w.-]+)+)\/-\/merge_requests\/([1-9]\d{0,8})\/?$/],
  ["github", /^\/([\w.-]+\/[\w.-]+)\/pull\/([1-9]\d{0,8})\/?$/],
  ["bitbucket", /^\/([\w.-]+\/[\w.-]+)\/pull-requests\/([1-9]\d{0,8})\/?$/],
];

/** The page of a pull request, as CircleCI's `CIRCLE_PULL_REQUEST` has it; undefined: it is none. */
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

/** A repository's address, as `CIRCLE_REPOSITORY_URL` or `git remote` has it: https, ssh, or `git@site:owner/name`; undefined: it is none. */
export function readRepository(text: string): Repository | undefined {
  const [, scpSite, scpPath] = /^[\w.-]+@([\w.-]+):(?!\/\/)(.+)$/.exec(text) ?? [];
  if (scpSite !== undefined && scpPath !== undefined) return repository(scpSite.toLowerCase(), scpPath);
  const url = webUrl(text) ?? sshUrl(text);
  return url === undefined ? undefined : repository(url.host, url.pathname);
}

/** Two names of one repository: hosts take no notice of upper and lower case. */
export function isSamePath(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** `owner/name`, with nothing in it that would be another address. */
export function isPath(path: string): boolean {
  return /^[\w.-]+(\/[\w.-]+)+$/.test(path) && !path.split("/").some((part) => /^\.+$/.test(part));
}

function repository(site: string, rest: string): Repository | undefined {
  const path = rest.replace(/^\/+|\/+$/g, "").replace(/\.git$/, "");
  return isPath(path) ? { site, path } : undefined;
}

interface Address {
  readonly host: string;
  readonly pathname: string;
}

function webUrl(text: string): Address | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search + url.hash !== "") return undefined;
  return { host: url.host, pathname: url.pathname };
}

/** The port is that of ssh, and says nothing of the site. */
function sshUrl(text: string): Address | undefined {
  const [, site, pathname] = /^ssh:\/\/(?:[\w.-]+@)?([\w.-]+)(?::\d+)?(\/.+)$/.exec(text) ?? [];
  if (site === undefined || pathname === undefined) return undefined;
  return { host: site.toLowerCase(), pathname };
}
