import { createServer, type IncomingHttpHeaders, request as send } from "node:http";
import { closeServer, listenOnLoopback } from "../sandbox/http/listen";

/** A request that arrives at the gate. */
interface Seen {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body: string;
}

export interface GateOptions {
  /** Selects the request to hold; only the first match is held. */
  readonly when: (seen: Seen) => boolean;
  /**
   * `request`: AWS receives it after the release. `reply`: AWS has executed it, and the caller
   * receives the response after the release.
   */
  readonly hold: "request" | "reply";
}

/** A proxy in front of the sandbox that holds one call until the test releases it. */
export interface Gate {
  readonly endpoint: string;
  /** Resolves when the call is held. */
  readonly held: Promise<Seen>;
  /** Releases the call. */
  readonly release: () => void;
  readonly stop: () => Promise<void>;
}

export async function openGate(target: string, { when, hold }: GateOptions): Promise<Gate> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let arrive: (seen: Seen) => void = () => undefined;
  const held = new Promise<Seen>((resolve) => (arrive = resolve));
  let taken = false;
  const server = createServer((request, response) => {
    response.on("error", () => undefined);
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const body = Buffer.concat(parts);
      const seen = { method: request.method ?? "", path: request.url ?? "", body: body.toString("utf8") };
      const holdIt = !taken && when(seen);
      if (holdIt) taken = true;
      const wait = () => {
        arrive(seen);
        return released;
      };
      if (holdIt && hold === "request") {
        await wait();
        // Its sender was killed meanwhile, so AWS never receives it.
        if (request.socket.destroyed) return;
      }
      const answer = await passOn(target, seen, request.headers, body);
      if (holdIt && hold === "reply") await wait();
      response.writeHead(answer.status, answer.headers).end(answer.body);
    })().catch(() => response.destroy());
  });
  const endpoint = await listenOnLoopback(server);
  const stop = () => {
    // Connections are closed before the release, so that the held request is not sent.
    const closed = closeServer(server);
    release();
    return closed;
  };
  return { endpoint, held, release, stop };
}

interface PassedOn {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Forwards a request, read to its end, to the target without changes. */
export function passOn(
  target: string,
  { method, path }: Seen,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<PassedOn> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(target);
    const { "transfer-encoding": _, expect: __, ...kept } = headers;
    const length =
      body.length > 0 || method === "PUT" || method === "POST" ? { "content-length": body.length } : {};
    const request = send({ hostname, port, method, path, agent: false, headers: { ...kept, ...length } });
    request.on("error", reject);
    request.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => {
        const { "transfer-encoding": ___, connection: ____, ...answered } = response.headers;
        resolve({ status: response.statusCode ?? 502, headers: answered, body: Buffer.concat(parts) });
      });
    });
    request.end(body);
  });
}

/** An IAM call of this name, about a thing of this name. */
export function iamCall(action: string, name: string): (seen: Seen) => boolean {
  return ({ method, body }) => {
    const form = new URLSearchParams(body);
    return method === "POST" && form.get("Action") === action && form.get("RoleName") === name;
  };
}

/** The writing of one object. */
export function putObject(bucket: string, key: string): (seen: Seen) => boolean {
  return ({ method, path }) => method === "PUT" && path.split("?")[0] === `/${bucket}/${key}`;
}
