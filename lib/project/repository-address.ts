/** A repository on a git host. */
export interface Repository {
  /** A host name, with a port unless it is the default. */
  readonly site: string;
  /** `owner/name`; on GitLab with nested groups. */
  readonly path: string;
}

/**
 * Parses a repository URL of `CIRCLE_REPOSITORY_URL` or `git remote`: https, ssh, or
 * `git@site:owner/name`. Undefined: not a repository URL.
 */
export function readRepository(text: string): Repository | undefined {
  const [, scpSite, scpPath] = /^[\w.-]+@([\w.-]+):(?!\/\/)(.+)$/.exec(text) ?? [];
  if (scpSite !== undefined && scpPath !== undefined) return repository(scpSite.toLowerCase(), scpPath);
  const url = webUrl(text) ?? sshUrl(text);
  return url === undefined ? undefined : repository(url.host, url.pathname);
}

/**
 * Whether a text is `owner/name`, without `.` and `..` components. `~ann/name` is in a person's own
 * project of Bitbucket Data Center.
 */
export function isPath(path: string): boolean {
  return /^~?[\w.-]+(\/[\w.-]+)+$/.test(path) && !path.split("/").some((part) => /^\.+$/.test(part));
}

interface Address {
  readonly host: string;
  readonly pathname: string;
}

/** An http(s) URL without query and fragment; undefined: not such a URL. */
export function webUrl(text: string): Address | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search + url.hash !== "") return undefined;
  return { host: url.host, pathname: url.pathname };
}

function repository(site: string, rest: string): Repository | undefined {
  const path = rest.replace(/^\/+|\/+$/g, "").replace(/\.git$/, "");
  return isPath(path) ? { site, path } : undefined;
}

/** The port is that of ssh, so it is not part of the site. */
function sshUrl(text: string): Address | undefined {
  const [, site, pathname] = /^ssh:\/\/(?:[\w.-]+@)?([\w.-]+)(?::\d+)?(\/.+)$/.exec(text) ?? [];
  if (site === undefined || pathname === undefined) return undefined;
  return { host: site.toLowerCase(), pathname };
}
