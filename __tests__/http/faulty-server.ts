import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { closeServer, listenOnLoopback } from "../../dev/sandbox/http/listen";

/** An answer, before it is written as HTTP. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly authorization: string;
  readonly body: unknown;
}

/**
 * What goes wrong with a call: an answer of its own; `drop`: the connection ends before anything
 * happened; `lose`: it ends after it happened; `cut`: it happened, and the answer breaks off in its
 * middle.
 */
type Fault = Reply | "drop" | "lose" | "cut";

interface PlannedFault {
  readonly method: string;
  readonly path: RegExp;
  readonly fault: Fault;
  left: number;
}

/** What was asked of a server, and what goes wrong there. */
export class FaultPlan {
  readonly asked: Asked[] = [];
  readonly #faults: PlannedFault[] = [];
  /**
   * What a call waits for, before and after it takes effect: milliseconds, or that something has
   * happened.
   */
  latency: (asked: Asked) => number | Promise<void> = () => 0;

  /** The next calls that fit fail so. */
  fail(method: string, path: RegExp, fault: Fault, times = 1): void {
    this.#faults.push({ method, path, fault, left: times });
  }

  takeFault({ method, path }: Asked): Fault | undefined {
    const found = this.#faults.find((one) => one.left > 0 && one.method === method && one.path.test(path));
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.fault;
  }

  count(method: string, path: RegExp): number {
    return this.asked.filter((one) => one.method === method && path.test(one.path)).length;
  }
}

/** Serves what `answer` says, but for what the plan makes go wrong, on the loopback interface. */
export async function serveFaulty(
  plan: FaultPlan,
  answer: (asked: Asked, origin: string) => Reply,
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  let origin = "";
  const server: Server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = await readAsked(request);
    plan.asked.push(asked);
    const fault = plan.takeFault(asked);
    await waitFor(plan.latency(asked));
    if (fault === "drop") return void response.destroy();
    const reply = typeof fault === "object" ? fault : answer(asked, origin);
    await waitFor(plan.latency(asked));
    if (fault === "lose") return void response.destroy();
    send(response, reply, fault === "cut");
  };
  origin = await listenOnLoopback(server);
  return { origin, close: () => closeServer(server) };
}

async function waitFor(wait: number | Promise<void>): Promise<void> {
  if (wait !== 0) await (typeof wait === "number" ? sleep(wait) : wait);
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const { method = "", url: path = "", headers } = request;
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  return { method, path, headers, authorization: headers.authorization ?? "", body };
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply, isCut: boolean): void {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/html; charset=utf-8" : "application/json; charset=utf-8";
  const length = Buffer.byteLength(text);
  response.writeHead(status, {
    ...(status === 204 ? {} : { "content-type": type, "content-length": String(length) }),
    ...headers,
  });
  if (!isCut) return void response.end(text);
  response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy());
}
