import { ProjectError } from "../errors";
import { isLoopback, safeUrl } from "../http/safe-url";
import type { HostName } from "./host";

/**
 * The APIs that a token may go to without anybody naming them: those of the hosts that everybody
 * knows. https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api,
 * https://docs.gitlab.com/api/rest/, https://developer.atlassian.com/cloud/bitbucket/rest/intro/
 */
const KNOWN: Readonly<Record<string, { readonly host: HostName; readonly apiUrl: string }>> = {
  "github.com": { host: "github", apiUrl: "https://api.github.com" },
  "gitlab.com": { host: "gitlab", apiUrl: "https://gitlab.com/api/v4" },
  "bitbucket.org": { host: "bitbucket", apiUrl: "https://api.bitbucket.org/2.0" },
};

/** Which kind of host a well-known site is; undefined for all others. */
export function knownHost(site: string): HostName | undefined {
  return Object.hasOwn(KNOWN, site) ? KNOWN[site]?.host : undefined;
}

/** The site of a kind of host that everybody knows. */
export function knownSite(host: HostName): string {
  return { github: "github.com", gitlab: "gitlab.com", bitbucket: "bitbucket.org" }[host];
}

/**
 * Where the token goes: the API of a well-known site, or the one that was chosen on purpose, and it
 * has to be that of the pull request's site (the same name, or `api.` before it as at ghe.com, or a
 * server on this machine).
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
      message: `the pull request is at ${site}, and no token goes to a host that nobody chose`,
      found: site,
      fix: `if it is yours, name its API: --api-url (or OIDC_REVIEW_API_URL) ${EXAMPLES[host](site)}`,
      exitCode: 2,
    });
  }
  const { href, hostname } = checkApiUrl(chosen);
  const name = site.replace(/:\d+$/, "");
  if (hostname === name || hostname === `api.${name}` || isLoopback(hostname)) return href;
  throw new ProjectError({
    code: "review-api-elsewhere",
    message: `the pull request is at ${site}, and the API that was chosen is at ${hostname}`,
    found: hostname,
    fix: `name the API of ${site}, or leave --api-url and OIDC_REVIEW_API_URL out`,
    exitCode: 2,
  });
}

const EXAMPLES: Readonly<Record<HostName, (site: string) => string>> = {
  github: (site) => (site.endsWith(".ghe.com") ? `https://api.${site}` : `https://${site}/api/v3`),
  gitlab: (site) => `https://${site}/api/v4`,
  bitbucket: () => "https://api.bitbucket.org/2.0 (only Bitbucket Cloud is known)",
};

function checkApiUrl(text: string): { readonly href: string; readonly hostname: string } {
  const safe = safeUrl(text);
  if (safe !== undefined) return { href: safe.href.replace(/\/+$/, ""), hostname: safe.hostname };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  throw new ProjectError({
    code: "review-api-url",
    message: "the API's address is a URL with https and no user, password or query",
    found: url === undefined ? text : `${url.protocol}//${url.host}`,
    fix: "write it as https://github.example.com/api/v3",
    exitCode: 2,
  });
}
