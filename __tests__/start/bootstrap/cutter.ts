import { createServer } from "node:http";
import { passOn } from "../../../dev/e2e/gate";
import { closeServer, listenOnLoopback } from "../../../dev/sandbox/http/listen";

/** A proxy in front of the sandbox that counts calls, and cuts the line at one of them. */
export interface Cutter {
  readonly endpoint: string;
  /** How many calls came since the start or the last `heal`. */
  readonly calls: () => number;
  /** How many of them were not reads of S3. */
  readonly writes: () => number;
  /**
   * The line is dead from the nth call on: `before` AWS hears of it, or `after`. Counts from now.
   */
  readonly cut: (call: number, when: "before" | "after") => void;
  readonly heal: () => void;
  /** Calls with this method get this status, and AWS never hears of them. */
  readonly answer: (method: string, status: number) => void;
  readonly stop: () => Promise<void>;
}

export async function openCutter(target: string): Promise<Cutter> {
  let calls = 0;
  let writes = 0;
  let cutAt: { readonly call: number; readonly when: "before" | "after" } | undefined;
  let canned: { readonly method: string; readonly status: number } | undefined;
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      calls += 1;
      const call = calls;
      const { method = "", url: path = "" } = request;
      if (method === "PUT" || method === "DELETE") writes += 1;
      if (canned?.method === method) {
        response.writeHead(canned.status, { "x-amz-bucket-region": "eu-west-1" }).end();
        return;
      }
      const dead = cutAt !== undefined && call >= cutAt.call;
      if (dead && (cutAt?.when === "before" || call !== cutAt?.call)) return void request.socket.destroy();
      const body = Buffer.concat(parts);
      const answer = await passOn(target, { method, path, body: "" }, request.headers, body);
      if (dead) return void request.socket.destroy();
      response.writeHead(answer.status, answer.headers).end(answer.body);
    })().catch(() => response.destroy());
  });
  const endpoint = await listenOnLoopback(server);
  return {
    endpoint,
    calls: () => calls,
    writes: () => writes,
    cut: (call, when) => {
      calls = 0;
      cutAt = { call, when };
    },
    heal: () => {
      calls = 0;
      cutAt = undefined;
    },
    answer: (method, status) => {
      canned = { method, status };
    },
    stop: () => closeServer(server),
  };
}
