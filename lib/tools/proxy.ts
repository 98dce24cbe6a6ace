/**
 * The proxy that the environment asks for, as curl and pip read it: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY,
 * the lower-case name first. Undefined: connect directly.
 */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv): URL | undefined {
  if (isExcepted(url, env.no_proxy ?? env.NO_PROXY ?? "")) return undefined;
  const own =
    url.protocol === "https:" ? (env.https_proxy ?? env.HTTPS_PROXY) : (env.http_proxy ?? env.HTTP_PROXY);
  const proxy = own || (env.all_proxy ?? env.ALL_PROXY);
  if (proxy === undefined || proxy === "") return undefined;
  return new URL(proxy.includes("://") ? proxy : `http://${proxy}`);
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
