import { ProjectError } from "../errors";

/** This machine itself. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * The proxy that the environment asks for, as curl and pip read it: HTTPS_PROXY, HTTP_PROXY,
 * ALL_PROXY and NO_PROXY, the lower-case name first. This machine itself is never asked for through
 * one, as Terraform has it. Undefined: connect directly.
 * @throws ProjectError `proxy-unusable`
 */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv): URL | undefined {
  if (LOOPBACK.test(url.hostname) || isExcepted(url, env.no_proxy ?? env.NO_PROXY ?? "")) return undefined;
  const own =
    url.protocol === "https:" ? (env.https_proxy ?? env.HTTPS_PROXY) : (env.http_proxy ?? env.HTTP_PROXY);
  const proxy = own || (env.all_proxy ?? env.ALL_PROXY);
  if (proxy === undefined || proxy === "") return undefined;
  return parse(proxy);
}

function parse(text: string): URL {
  const full = text.includes("://") ? text : `http://${text}`;
  const proxy = URL.canParse(full) ? new URL(full) : undefined;
  if (proxy !== undefined && /^https?:$/.test(proxy.protocol)) return proxy;
  const shown = text.replace(/^(\w+:\/\/)?.*@/, "$1");
  throw new ProjectError({
    code: "proxy-unusable",
    message: `the environment names a proxy that cannot be used: ${shown}`,
    found: shown,
    fix: "set HTTPS_PROXY (or HTTP_PROXY, ALL_PROXY) to http://host:port or https://host:port, or unset it",
  });
}

/** NO_PROXY: `*`, or host names, each with its subdomains, each with or without a port. */
function isExcepted(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      const [, name = "", onlyPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      if (onlyPort !== undefined && onlyPort !== port) return false;
      return url.hostname === name || url.hostname.endsWith(`.${name}`);
    });
}
