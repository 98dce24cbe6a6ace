import { BlockList, isIP } from "node:net";
import { ProjectError } from "../errors";
import { isLoopback } from "./safe-url";

/**
 * The proxy that the environment asks for, as curl reads it (https://curl.se/docs/manpage.html,
 * "Environment"): HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, the lower-case name first.
 * Unlike curl it reads HTTP_PROXY in upper case too, as Terraform and the AWS CLI do. This machine
 * itself is never asked for through a proxy, as Terraform has it. Undefined: connect directly.
 * @throws ProjectError `proxy-unusable`
 */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv): URL | undefined {
  if (isLoopback(url.hostname) || isExcepted(url, noProxyOf(env))) return undefined;
  const proxy = proxyOf(url.protocol === "https:" ? "https" : "http", env);
  return proxy === undefined ? undefined : parse(proxy);
}

/** The proxy for a kind of address, as the environment has it; it may hold a password. */
export function proxyOf(kind: "http" | "https", env: NodeJS.ProcessEnv): string | undefined {
  const own = kind === "https" ? (env.https_proxy ?? env.HTTPS_PROXY) : (env.http_proxy ?? env.HTTP_PROXY);
  return own || (env.all_proxy ?? env.ALL_PROXY) || undefined;
}

/** The hosts to which the environment asks to connect directly; empty: none. */
export function noProxyOf(env: NodeJS.ProcessEnv): string {
  return env.no_proxy ?? env.NO_PROXY ?? "";
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

/**
 * NO_PROXY: `*`, host names (each with its subdomains), IP addresses and ranges (`10.0.0.0/8`),
 * each with or without a port.
 */
function isExcepted(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      if (entry.includes("/")) return isInRange(host, entry);
      if (isIP(entry) !== 0) return isInRange(host, `${entry}/${isIP(entry) === 4 ? 32 : 128}`);
      const [, name = "", onlyPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      if (onlyPort !== undefined && onlyPort !== port) return false;
      const bare = name.replace(/^\[|\]$/g, "");
      return bare !== "" && (host === bare || host.endsWith(`.${bare}`));
    });
}

/** Whether a host is an IP address of a range in CIDR notation; false for a name. */
function isInRange(host: string, range: string): boolean {
  const [, address = "", bits = ""] = /^\[?([\da-f:.]+)\]?\/(\d{1,3})$/i.exec(range) ?? [];
  const [family, most] = isIP(address) === 6 ? (["ipv6", 128] as const) : (["ipv4", 32] as const);
  const isRange = isIP(address) !== 0 && Number(bits) <= most;
  if (!isRange || isIP(host) !== isIP(address)) return false;
  const block = new BlockList();
  block.addSubnet(address, Number(bits), family);
  return block.check(host, family);
}
