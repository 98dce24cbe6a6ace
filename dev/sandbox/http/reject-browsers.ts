import type { IncomingMessage } from "node:http";
import { header } from "./headers";

/**
 * Headers that browsers send and pages cannot remove (Fetch Metadata Request Headers, section 2;
 * Fetch, section 3.2). `Sec-Fetch-Mode: cors` alone is what Node's own `fetch` sends, which is a
 * program: browsers never send it without `Sec-Fetch-Site`.
 */
const OF_BROWSERS = /^(origin|sec-fetch-(?!mode$).*|sec-ch-.*|sec-websocket-.*|access-control-request-.*)$/;

/**
 * Why a request is not one of a program on this machine that means this server; undefined: it is. A
 * web page may send requests to any port of the loopback interface, also under a name of its own
 * that it lets point there (DNS rebinding), and would act with keys that are public.
 * @param isOwnName whether a host name, in lower case and without port, is this server's
 */
export function rejectionOf(
  request: IncomingMessage,
  isOwnName: (name: string) => boolean,
): string | undefined {
  const found = Object.keys(request.headers).find((name) => OF_BROWSERS.test(name));
  if (found !== undefined) return `requests of web pages are not answered (header ${found})`;
  if ((header(request, "sec-fetch-mode") ?? "cors") !== "cors")
    return "requests of web pages are not answered (header sec-fetch-mode)";
  const hosts = [...hostHeaders(request), ...authorityOf(request.url ?? "")];
  if (hosts.length === 0) return "the request has no Host header";
  const other = hosts.find((host) => !isOwn(host, isOwnName));
  return other === undefined
    ? undefined
    : `this server does not answer for the host ${JSON.stringify(other)}`;
}

/**
 * The server's own names on the loopback interface. `localhost` and names under it resolve nowhere
 * else (RFC 6761, section 6.3).
 */
export function isLoopbackName(name: string): boolean {
  return name === "127.0.0.1" || name === "localhost";
}

/** All of them: Node keeps the first alone, and passes every one on. */
function hostHeaders({ rawHeaders }: IncomingMessage): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === "host");
}

/**
 * The host of a request target in absolute form, which counts before the Host header (RFC 9112,
 * section 3.2.2).
 */
function authorityOf(target: string): readonly string[] {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(target)?.[1];
  return authority === undefined ? [] : [authority];
}

function isOwn(host: string, isOwnName: (name: string) => boolean): boolean {
  const name = /^([a-z0-9._-]+?)\.?(:\d{1,5})?$/.exec(host.trim().toLowerCase())?.[1];
  return name !== undefined && isOwnName(name);
}
