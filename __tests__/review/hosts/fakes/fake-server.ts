import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { closeServer, listenOnLoopback } from "../../../../lib/sandbox/listen";

/** A comment as a fake host keeps it. */
export interface Kept {
  readonly id: number;
  readonly author: string;
  body: string;
  isHidden: boolean;
  isDeleted: boolean;
  isReply: boolean;
}

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
  readonly authorization: string;
  readonly body: unknown;
}

/**
 * What goes wrong with a call: an answer of its own; `drop`: the connection ends before anything happened; `lose`: it ends after it happened; `cut`: it
 * happened, and the answer breaks off in its middle.
 */
export type Fault = Reply | "drop" | "lose" | "cut";

interface PlannedFault {
  readonly method: string;
  readonly path: RegExp;
  readonly fault: Fault;
  left: number;
}

export interface Fake {
  readonly name: "github" | "gitlab" | "bitbucket";
  readonly apiUrl: string;
  readonly state: FakeState;
  readonly close: () => Promise<void>;
}

/** What a fake host has and does; tests set and read it. */
export class FakeState {
  readonly comments: Kept[] = [];
  readonly asked: Asked[] = [];
  readonly #faults: PlannedFault[] = [];
  #nextId = 101;
  head = "a".repeat(40);
  /** The most comments on one page. */
  pageSize = 100;
  /** What a call waits for, before and after it takes effect: milliseconds, or that something has happened. */
  latency: (asked: Asked) => number | Promise<void> = () => 0;
  /** Who holds which token; who only reads. */
  readonly users: Readonly<Record<string, string>> = {
    "token-of-the-bot": "bot",
    "token-of-mallory": "mallory",
    "token-that-only-reads": "reader",
  };

  add(author: string, body: string): Kept {
    const kept = { id: this.#nextId++, author, body, isHidden: false, isDeleted: false, isReply: false };
    this.comments.push(kept);
    return kept;
  }

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

  get live(): readonly Kept[] {
    return this.comments.filter(({ isDeleted }) => !isDeleted);
  }

  visible(author = "bot"): readonly Kept[] {
    return this.live.filter((one) => !one.isHidden && one.author === author);
  }

  count(method: string, path: RegExp): number {
    return this.asked.filter((one) => one.method === method && path.test(one.path)).length;
  }
}

/** Serves a fake host on the loopback interface. */
export async function serve(
  name: Fake["name"],
  prefix: string,
  state: FakeState,
  answer: (asked: Asked, user: string | undefined, origin: string) => Reply,
  userOf: (authorization: string) => string | undefined,
): Promise<Fake> {
  let origin = "";
  const server: Server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = await readAsked(request);
    state.asked.push(asked);
    const fault = state.takeFault(asked);
    await waitFor(state.latency(asked));
    if (fault === "drop") return void response.destroy();
    const isOwnAnswer = typeof fault === "object";
    const reply = isOwnAnswer ? fault : answer(asked, userOf(asked.authorization), origin);
    await waitFor(state.latency(asked));
    if (fault === "lose") return void response.destroy();
    send(response, reply, fault === "cut");
  };
  origin = await listenOnLoopback(server);
  return { name, apiUrl: origin + prefix, state, close: () => closeServer(server) };
}

async function waitFor(wait: number | Promise<void>): Promise<void> {
  await (typeof wait === "number" ? sleep(wait) : wait);
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const { method = "", url: path = "", headers } = request;
  return {
    method,
    path,
    authorization: headers.authorization ?? "",
    body: text === "" ? undefined : JSON.parse(text),
  };
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

/** A field of a JSON body, as text. */
export function textOf(body: unknown, ...path: readonly string[]): string {
  const value = path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null
        ? Object.entries(at).find(([name]) => name === key)?.[1]
        : undefined,
    body,
  );
  return typeof value === "string" ? value : "";
}
