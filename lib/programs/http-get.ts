import http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import tls from "node:tls";
import { proxyFor } from "./proxy";

/** A request fails after this time without data. */
const SILENCE_MS = 30_000;
const MOST_REDIRECTS = 5;

/**
 * Opens a URL, through the environment's proxy, and follows redirects (never from https to http).
 */
export async function httpGet(
  url: URL,
  env: NodeJS.ProcessEnv,
  redirects = 0,
): Promise<http.IncomingMessage> {
  const response = await request(url, env);
  const { statusCode = 0, headers } = response;
  if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) return response;
  response.resume();
  const next = new URL(headers.location, url);
  const downgrade = url.protocol === "https:" && next.protocol !== "https:";
  if (downgrade || redirects === MOST_REDIRECTS) throw new Error(`unusable redirect to ${next.href}`);
  return httpGet(next, env, redirects + 1);
}

async function request(url: URL, env: NodeJS.ProcessEnv): Promise<http.IncomingMessage> {
  const proxy = proxyFor(url, env);
  if (proxy === undefined) return send((url.protocol === "https:" ? https : http).request(url));
  const authorization = proxyAuthorization(proxy);
  if (url.protocol === "http:") {
    // A proxy takes a plain request whole, with the full address as its path.
    const headers = { host: url.host, ...authorization };
    const outgoing = http.request({ host: proxy.hostname, port: portOf(proxy), path: url.href, headers });
    return send(outgoing).catch((error: unknown) => Promise.reject(atProxy(proxy, error)));
  }
  const socket = await tunnel(url, proxy, authorization);
  const secure = await secured(socket, url.hostname);
  return send(https.request(url, { createConnection: () => secure, agent: false }));
}

/**
 * Asks the proxy for a connection to the server (CONNECT), on which TLS is then spoken end to end.
 */
function tunnel(url: URL, proxy: URL, headers: Record<string, string>): Promise<Socket> {
  const target = `${url.hostname}:${url.port || 443}`;
  const connect = (proxy.protocol === "https:" ? https : http).request({
    host: proxy.hostname,
    port: portOf(proxy),
    method: "CONNECT",
    path: target,
    headers: { host: target, ...headers },
    agent: false,
  });
  return new Promise((resolve, reject) => {
    connect.on("connect", (response, socket) => {
      if (response.statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`the proxy ${proxy.host} answered ${response.statusCode} to CONNECT ${target}`));
    });
    connect.on("error", (error) => reject(atProxy(proxy, error)));
    connect.setTimeout(SILENCE_MS, () => connect.destroy(new Error("no answer")));
    connect.end();
  });
}

/**
 * Names the proxy in the error, which otherwise reads as if the server could not be reached. Only
 * the host: the URL may hold a password.
 */
function atProxy(proxy: URL, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(`the proxy ${proxy.host}: ${reason}`, { cause: error });
}

function secured(socket: Socket, servername: string): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const secure = tls.connect({ socket, servername }, () => resolve(secure));
    secure.on("error", reject);
  });
}

function send(outgoing: http.ClientRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.on("response", resolve);
    outgoing.on("error", reject);
    outgoing.setTimeout(SILENCE_MS, () => outgoing.destroy(new Error(`no data for ${SILENCE_MS / 1000} s`)));
    outgoing.end();
  });
}

function portOf(proxy: URL): string | number {
  return proxy.port || (proxy.protocol === "https:" ? 443 : 80);
}

function proxyAuthorization(proxy: URL): Record<string, string> {
  if (proxy.username === "") return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}
