import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import net from "node:net";
import path from "node:path";
import type { Duplex } from "node:stream";
import { closeServer, listenOnLoopback } from "../../dev/sandbox/http/listen";

const pem = (name: string): string => path.join(__dirname, "company", name);

/** The certificate of a company's authority, which signed the server's. Its key was deleted. */
export const AUTHORITY = pem("authority.pem");

export const PASSWORD = "p@ss:w/rd-of-the-proxy";

/**
 * A company's network: a proxy that demands a user and a password, and behind it one server with a
 * certificate of the company's authority, which every name leads to and which answers every call
 * with 404.
 */
export interface Company {
  /** With the user and the password. */
  readonly proxy: string;
  /** Without them. */
  readonly bareProxy: string;
  /** `host:port` of the proxy. */
  readonly proxyHost: string;
  /** `https://localhost:<port>`. */
  readonly server: string;
  /** What the proxy was asked to connect to, or to fetch. */
  readonly asked: string[];
  /** `METHOD path` of the calls that reached the server. */
  readonly reached: string[];
  readonly close: () => Promise<void>;
}

export async function startCompany(): Promise<Company> {
  const asked: string[] = [];
  const reached: string[] = [];
  const server = createTlsServer(
    { key: readFileSync(pem("server-key.pem")), cert: readFileSync(pem("server.pem")) },
    (request, response) => {
      reached.push(`${request.method} ${request.url}`);
      response.writeHead(404, { "content-type": "application/json" }).end('{"message":"not here"}');
    },
  );
  const port = portOf(await listenOnLoopback(server as unknown as Server));
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (!isAllowed(request)) return void response.writeHead(407).end();
    response.writeHead(404).end("not here");
  });
  const tunnels = new Set<Duplex>();
  proxy.on("connect", (request: IncomingMessage, socket: Duplex) => {
    asked.push(request.url ?? "");
    tunnels.add(socket);
    socket.on("error", () => socket.destroy());
    if (!isAllowed(request)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n');
      return;
    }
    if (request.url?.startsWith("forbidden."))
      return void socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    const to = net.connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(to).pipe(socket);
    });
    to.on("error", () => socket.destroy());
    socket.on("close", () => to.destroy());
  });
  const proxyHost = new URL(await listenOnLoopback(proxy)).host;
  return {
    proxy: `http://builder:${encodeURIComponent(PASSWORD)}@${proxyHost}`,
    bareProxy: `http://${proxyHost}`,
    proxyHost,
    server: `https://localhost:${port}`,
    asked,
    reached,
    close: async () => {
      // A server forgets the connections that became tunnels.
      for (const socket of tunnels) socket.destroy();
      await closeServer(proxy);
      await closeServer(server as unknown as Server);
    },
  };
}

function isAllowed({ headers }: IncomingMessage): boolean {
  const pair = Buffer.from(`builder:${PASSWORD}`).toString("base64");
  return headers["proxy-authorization"] === `Basic ${pair}`;
}

function portOf(origin: string): number {
  return Number(new URL(origin).port);
}
