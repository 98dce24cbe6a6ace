import http from "node:http";
import https from "node:https";
import net from "node:net";
import type { Duplex } from "node:stream";
import tls from "node:tls";
import { trustOf } from "./authorities";
import { untrusted } from "./connection-failure";
import { proxyFor } from "./proxy";
import { connectToProxy, proxyAuthorization, tunnel } from "./tunnel";

/** How every connection of this project is made. */
export interface Agents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

/**
 * New agents for an environment, for a client that destroys them. They decide for each connection
 * whether it goes through the environment's proxy (`proxyFor`), and which certificate authorities
 * it trusts (`authoritiesOf`). Connections fail with the errors of `connection-failure.ts`.
 */
export function createAgents(env: NodeJS.ProcessEnv): Agents {
  return { http: new PlainAgent(env), https: new SecureAgent(env) };
}

const shared = new WeakMap<NodeJS.ProcessEnv, Agents>();

/** The agents that all calls with an environment share. */
export function agentsOf(env: NodeJS.ProcessEnv): Agents {
  const agents = shared.get(env) ?? createAgents(env);
  shared.set(env, agents);
  return agents;
}

/** A connection is given up after this time. */
export const CONNECT_MS = 30_000;

type Connected = (error: Error | null, stream: Duplex) => void;

class SecureAgent extends https.Agent {
  constructor(private readonly env: NodeJS.ProcessEnv) {
    super({ keepAlive: true });
  }

  override createConnection(options: https.RequestOptions, connected?: Connected): undefined {
    settle(this.#connect(options), connected);
  }

  async #connect(options: https.RequestOptions): Promise<Duplex> {
    const url = new URL(`https://${hostAndPort(options, 443)}`);
    const proxy = proxyFor(url, this.env);
    const trust = trustOf(this.env);
    const through = proxy === undefined ? {} : { socket: await tunnel(proxy, url, trust, CONNECT_MS) };
    const host = options.servername || url.hostname;
    // The path of a request would be read as that of a socket.
    return secured({ ...(options as tls.ConnectionOptions), path: undefined, ...trust, ...through }, host);
  }
}

function secured(options: tls.ConnectionOptions, host: string): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ ...options, ALPNProtocols: ["http/1.1"] });
    const late = setTimeout(() => socket.destroy(noConnection()), CONNECT_MS);
    const failed = (error: Error): void => reject(untrusted(host, error));
    socket.once("error", failed);
    socket.once("secureConnect", () => {
      clearTimeout(late);
      socket.off("error", failed);
      resolve(socket);
    });
    socket.once("close", () => clearTimeout(late));
  });
}

function noConnection(): Error {
  return new Error(`no connection within ${CONNECT_MS / 1000} s`);
}

/** A request as Node passes it to an agent: `proxy` is what we add. */
interface PlainOptions extends http.ClientRequestArgs {
  proxy?: URL;
}

/**
 * For addresses without TLS. A proxy takes such a request whole, with the full address as its path.
 */
class PlainAgent extends http.Agent {
  constructor(private readonly env: NodeJS.ProcessEnv) {
    super({ keepAlive: true });
  }

  /** What Node calls with every request (https://github.com/nodejs/node, lib/_http_agent.js). */
  addRequest(request: http.ClientRequest, options: PlainOptions): void {
    const url = new URL(`http://${hostAndPort(options, 80)}`);
    const proxy = options.socketPath === undefined ? proxyFor(url, this.env) : undefined;
    if (proxy === undefined) {
      addRequest.call(this, request, options);
      return;
    }
    request.path = new URL(request.path, url).href;
    for (const [name, value] of Object.entries(proxyAuthorization(proxy))) request.setHeader(name, value);
    // A connection to a proxy serves no other agent's options: its name in the pool is the proxy's.
    addRequest.call(this, request, { ...options, host: proxy.hostname, port: proxy.port, proxy });
  }

  override createConnection(options: PlainOptions, connected?: Connected): undefined {
    settle(options.proxy === undefined ? direct(options) : this.#toProxy(options.proxy), connected);
  }

  #toProxy(proxy: URL): Promise<Duplex> {
    return connectToProxy(proxy, trustOf(this.env), CONNECT_MS);
  }
}

/** `http.Agent.prototype.addRequest`, which Node's types leave out. */
const addRequest: (this: http.Agent, request: http.ClientRequest, options: PlainOptions) => void =
  Reflect.get(http.Agent.prototype, "addRequest");

function direct(options: PlainOptions): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    // The path of a request would be read as that of a socket.
    const socket = net.connect({ ...options, path: options.socketPath } as net.NetConnectOpts);
    const late = setTimeout(() => socket.destroy(noConnection()), CONNECT_MS);
    socket.once("error", reject);
    socket.once("connect", () => {
      clearTimeout(late);
      socket.off("error", reject);
      resolve(socket);
    });
    socket.once("close", () => clearTimeout(late));
  });
}

/** The host of a request without brackets, with them where it is an IPv6 address. */
function hostAndPort({ host, port }: http.ClientRequestArgs, usual: number): string {
  const name = host ?? "localhost";
  return `${net.isIPv6(name) ? `[${name}]` : name}:${port || usual}`;
}

/** Node's callback of an agent has no stream where there is an error. */
function settle(connecting: Promise<Duplex>, connected: Connected | undefined): void {
  connecting.then(
    (stream) => connected?.(null, stream),
    (error: Error) => (connected as ((error: Error) => void) | undefined)?.(error),
  );
}
