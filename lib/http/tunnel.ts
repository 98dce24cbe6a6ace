import http from "node:http";
import net, { type Socket } from "node:net";
import type { Duplex } from "node:stream";
import tls from "node:tls";
import { proxyAnswered, proxyUnreachable, untrusted } from "./connection-failure";

/** Which certificate authorities a connection trusts; empty: Node's default. */
export type Trust = Pick<tls.ConnectionOptions, "secureContext">;

/**
 * Asks the proxy for a connection to the server (CONNECT, RFC 9110 section 9.3.6), on which TLS is
 * then spoken end to end.
 * @throws ProjectError `proxy-unreachable`, `proxy-authentication`, `proxy-refused`, `ca-unknown`
 */
export async function tunnel(proxy: URL, url: URL, trust: Trust, limitMs: number): Promise<Duplex> {
  const target = `${url.hostname}:${url.port || 443}`;
  const socket = await connectToProxy(proxy, trust, limitMs);
  const connect = http.request({
    createConnection: () => socket,
    method: "CONNECT",
    path: target,
    headers: { host: target, ...proxyAuthorization(proxy) },
  });
  return new Promise((resolve, reject) => {
    connect.once("connect", ({ statusCode = 0 }, opened: Socket) => {
      if (statusCode === 200) return resolve(opened);
      opened.destroy();
      reject(proxyAnswered(proxy, target, statusCode));
    });
    connect.on("error", (error) => reject(proxyUnreachable(proxy, error)));
    connect.setTimeout(limitMs, () => connect.destroy(new Error("no answer")));
    connect.end();
  });
}

/** A connection to the proxy itself. @throws ProjectError `proxy-unreachable`, `ca-unknown` */
export function connectToProxy(proxy: URL, trust: Trust, limitMs: number): Promise<Duplex> {
  const isSecure = proxy.protocol === "https:";
  const host = proxy.hostname.replace(/^\[|\]$/g, "");
  const to = { host, port: Number(proxy.port || (isSecure ? 443 : 80)) };
  const named = net.isIP(host) === 0 ? { servername: host } : {};
  return new Promise((resolve, reject) => {
    const socket = isSecure ? tls.connect({ ...to, ...named, ...trust }) : net.connect(to);
    const late = setTimeout(() => socket.destroy(new Error("no connection")), limitMs);
    const failed = (error: Error): void => {
      const reason = untrusted(proxy.host, error);
      reject(reason === error ? proxyUnreachable(proxy, error) : reason);
    };
    socket.once("error", failed);
    socket.once("close", () => clearTimeout(late));
    socket.once(isSecure ? "secureConnect" : "connect", () => {
      clearTimeout(late);
      socket.off("error", failed);
      resolve(socket);
    });
  });
}

/** The header for the user and password of a proxy's address; none: no header. */
export function proxyAuthorization(proxy: URL): Readonly<Record<string, string>> {
  if (proxy.username === "") return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}
