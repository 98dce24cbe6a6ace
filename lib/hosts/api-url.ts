import { ProjectError } from "../errors";
import { isLoopback, safeUrl } from "../http/safe-url";
import type { HostName } from "./host";

/**
 * The APIs that a token is sent to by default: those of the public sites.
 * https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api,
 * https://docs.gitlab.com/api/rest/, https://developer.atlassian.com/cloud/bitbucket/rest/intro/
 */
const KNOWN: Readonly<Record<string, { readonly host: HostName; readonly apiUrl: string }>> = {
  "github.com": { host: "github", apiUrl: "https://api.github.com" },
  "gitlab.com": { host: "gitlab", apiUrl: "https://gitlab.com/api/v4" },
  "bitbucket.org": { host: "bitbucket", apiUrl: "https://api.bitbucket.org/2.0" },
};

/** The kind of host of a public site; undefined for every other site. */
export function knownHost(site: string): HostName | undefined {
  return Object.hasOwn(KNOWN, site) ? KNOWN[site]?.host : undefined;
}

/** The public site of a kind of host; undefined: there is none. */
export function knownSite(host: HostName): string | undefined {
  return Object.keys(KNOWN).find((site) => KNOWN[site]?.host === host);
}

/**
 * The kind of host that an API's address tells: `/api/v4` (GitLab), `/api/v3` or `api.*.ghe.com`
 * (GitHub Enterprise), `/rest/api/…` (Bitbucket Data Center). Undefined: none of them.
 */
export function hostOfApi(apiUrl: string): HostName | undefined {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : undefined;
  if (url === undefined) return undefined;
  const known = Object.values(KNOWN).find((one) => new URL(one.apiUrl).host === url.host);
  if (known !== undefined) return known.host;
  const path = url.pathname.replace(/\/+$/, "");
  if (/\/rest\/api\/(?:latest|1\.0)$/.test(path)) return "bitbucket-data-center";
  if (path.endsWith("/api/v4")) return "gitlab";
  return path.endsWith("/api/v3") || /^api\.[^.]+\.ghe\.com$/.test(url.hostname) ? "github" : undefined;
}

/**
 * Where the token is sent: the API of a public site, or the one that the caller names. It has to
 * belong to the pull request's site: the same host name, `api.` before it (as at ghe.com), or a
 * server on this machine.
 * @param site the host name of the pull request's page, such as `github.example.com`
 * @param chosen of `--api-url` or `OIDC_REVIEW_API_URL`
 * @throws ProjectError `review-api-not-chosen`, `review-api-elsewhere`, `review-api-url` (exit 2)
 */
export function apiUrlFor(site: string, host: HostName, chosen: string | undefined): string {
  const known = Object.hasOwn(KNOWN, site) ? KNOWN[site] : undefined;
  if (chosen === undefined) {
    if (known !== undefined && known.host === host) return known.apiUrl;
    throw new ProjectError({
      code: "review-api-not-chosen",
      message: `the pull request is at ${site}; a token is sent only to an API that you name`,
      found: site,
      fix: `name its API with --api-url or OIDC_REVIEW_API_URL, such as ${EXAMPLES[host](site)}`,
      exitCode: 2,
    });
  }
  const { href, hostname } = checkApiUrl(chosen);
  const name = site.replace(/:\d+$/, "");
  if (hostname === name || hostname === `api.${name}` || isLoopback(hostname)) return href;
  throw new ProjectError({
    code: "review-api-elsewhere",
    message: `the pull request is at ${site}, but the API is at ${hostname}`,
    found: hostname,
    fix: `name the API of ${site}, or omit --api-url and OIDC_REVIEW_API_URL`,
    exitCode: 2,
  });
}

const EXAMPLES: Readonly<Record<HostName, (site: string) => string>> = {
  github: (site) => (site.endsWith(".ghe.com") ? `https://api.${site}` : `https://${site}/api/v3`),
  gitlab: (site) => `https://${site}/api/v4`,
  bitbucket: () => "https://api.bitbucket.org/2.0",
  "bitbucket-data-center": (site) => `https://${site}/rest/api/latest`,
};

function checkApiUrl(text: string): { readonly href: string; readonly hostname: string } {
  const safe = safeUrl(text);
  if (safe !== undefined) return { href: safe.href.replace(/\/+$/, ""), hostname: safe.hostname };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  throw new ProjectError({
    code: "review-api-url",
    message: "invalid API address: expected an https URL without user, password or query",
    found: url === undefined ? text : `${url.protocol}//${url.host}`,
    fix: "use a form such as https://github.example.com/api/v3",
    exitCode: 2,
  });
}
