/** A repository on a site. */
export interface Repository {
  /** A host name, with a port if it is not the usual one. */
  readonly site: string;
  /** `owner/name`; GitLab's may have groups within groups. */
  readonly path: string;
}

/**
 * A repository's address, as `CIRCLE_REPOSITORY_URL` or `git remote` has it: https, ssh, or
 * `git@site:owner/name`; undefined: it is none.
 */
export function readRepository(text: string): Repository | undefined {
  const [, scpSite, scpPath] = /^[\w.-]+@([\w.-]+):(?!\/\/)(.+)$/.exec(text) ?? [];
  if (scpSite !== undefined && scpPath !== undefined) return repository(scpSite.toLowerCase(), scpPath);
  const url = webUrl(text) ?? sshUrl(text);
  return url === undefined ? undefined : repository(url.host, url.pathname);
}

/** `owner/name`, with nothing in it that would be another address. */
export function isPath(path: string): boolean {
  return /^[\w.-]+(\/[\w.-]+)+$/.test(path) && !path.split("/").some((part) => /^\.+$/.test(part));
}

export interface Address {
  readonly host: string;
  readonly pathname: string;
}

/** A page's address without query and fragment; undefined: it is none. */
export function webUrl(text: string): Address | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search + url.hash !== "") return undefined;
  return { host: url.host, pathname: url.pathname };
}

function repository(site: string, rest: string): Repository | undefined {
  const path = rest.replace(/^\/+|\/+$/g, "").replace(/\.git$/, "");
  return isPath(path) ? { site, path } : undefined;
}

/** The port is that of ssh, and says nothing of the site. */
function sshUrl(text: string): Address | undefined {
  const [, site, pathname] = /^ssh:\/\/(?:[\w.-]+@)?([\w.-]+)(?::\d+)?(\/.+)$/.exec(text) ?? [];
  if (site === undefined || pathname === undefined) return undefined;
  return { host: site.toLowerCase(), pathname };
}
