import type { IncomingMessage } from "node:http";
import { header } from "./headers";

/**
 * Headers that browsers send and pages cannot remove (Fetch Metadata Request Headers, section 2;
 * Fetch, section 3.2). `Sec-Fetch-Mode: cors` alone comes from Node's `fetch`: browsers never send
 * it without `Sec-Fetch-Site`.
 */
const BROWSER_HEADER =
  /^(origin|sec-fetch-(?!mode$).*|sec-ch-.*|sec-websocket-.*|access-control-request-.*)$/;

/**
 * Why a request is rejected. Undefined: a local program sent it to this server. A web page can send
 * requests to every port of the loopback interface, including under a domain of its own that
 * resolves to it (DNS rebinding), and the administrator's keys are public.
 * @param isOwnName whether a host name, in lower case and without port, is a name of this server
 */
export function rejectionOf(
  request: IncomingMessage,
  isOwnName: (name: string) => boolean,
): string | undefined {
  const found = Object.keys(request.headers).find((name) => BROWSER_HEADER.test(name));
  if (found !== undefined) return `requests from web pages are rejected (header ${found})`;
  if ((header(request, "sec-fetch-mode") ?? "cors") !== "cors")
    return "requests from web pages are rejected (header sec-fetch-mode)";
  const hosts = [...hostHeaders(request), ...authorityOf(request.url ?? "")];
  if (hosts.length === 0) return "the request has no Host header";
  const other = hosts.find((host) => !isOwn(host, isOwnName));
  return other === undefined ? undefined : `${JSON.stringify(other)} is not a host name of this server`;
}

/**
 * Names of the loopback interface. `localhost` and its subdomains resolve to nothing else (RFC
 * 6761, section 6.3).
 */
export function isLoopbackName(name: string): boolean {
  return name === "127.0.0.1" || name === "localhost";
}

/** All Host headers. Node parses only the first, and forwards all of them. */
function hostHeaders({ rawHeaders }: IncomingMessage): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === "host");
}

/**
 * The host of a request target in absolute form. It takes precedence over the Host header (RFC
 * 9112, section 3.2.2).
 */
function authorityOf(target: string): readonly string[] {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(target)?.[1];
  return authority === undefined ? [] : [authority];
}

function isOwn(host: string, isOwnName: (name: string) => boolean): boolean {
  const name = /^([a-z0-9._-]+?)\.?(:\d{1,5})?$/.exec(host.trim().toLowerCase())?.[1];
  return name !== undefined && isOwnName(name);
}
