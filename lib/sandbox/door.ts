import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { identify } from "./aws-call";
import { faultDocument, requestId, sendFault } from "./aws-fault";
import type { Exchange, Gate, Handler } from "./exchange";
import { forward } from "./forward";
import { MAX_HEADER_BYTES } from "./limits";
import { closeServer, listenOnLoopback } from "./listen";

export interface Door {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

export interface DoorOptions {
  readonly moto: Exchange["moto"];
  /** Asked first. */
  readonly gate: Gate;
  /** Asked in this order; what none of them answers goes to moto. */
  readonly handlers: readonly Handler[];
}

/** Opens the door: an HTTP server on the loopback interface through which every request to moto passes. */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    // An upload may take as long as it likes; only headers have to come within a minute.
    requestTimeout: 0,
    keepAliveTimeout: 65_000,
  });
  const answering = new WeakSet<Socket>();
  const pass = (expectsContinue: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    // A client may go away at any time; whoever works on its exchange hears of it from `close`.
    response.on("error", () => undefined);
    answering.add(request.socket);
    response.on("close", () => answering.delete(request.socket));
    letThrough(options, request, response, expectsContinue).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (response.headersSent) response.destroy();
      else sendFault(response, "s3", { status: 500, code: "InternalError", message });
    });
  };
  server.on("request", pass(false));
  server.on("checkContinue", pass(true));
  server.on("connect", (_request, socket: Socket) =>
    refuse(socket, 405, "MethodNotAllowed", "this is no proxy"),
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    // In the middle of an answer there is no saying anything else: the connection can only break.
    if (answering.has(socket)) {
      socket.destroy();
      return;
    }
    const tooLarge = error.code === "HPE_HEADER_OVERFLOW";
    refuse(socket, 400, tooLarge ? "RequestHeaderSectionTooLarge" : "BadRequest", error.message);
  });
  return { endpoint: await listenOnLoopback(server), stop: () => closeServer(server) };
}

async function letThrough(
  { gate, handlers, moto }: DoorOptions,
  request: IncomingMessage,
  response: ServerResponse,
  expectsContinue: boolean,
): Promise<void> {
  const call = identify(request);
  if ("unreadable" in call) {
    request.resume();
    response.setHeader("Connection", "close");
    sendFault(response, "s3", { status: 400, code: "InvalidURI", message: call.unreadable });
    return;
  }
  const exchange = await gate({ call, request, response, expectsContinue, moto });
  if (exchange === undefined) return;
  for (const handler of handlers) {
    if (await handler(exchange)) return;
  }
  await forward(exchange);
}

/** Answers on the bare socket, for requests that never became one. */
function refuse(socket: Socket, status: number, code: string, message: string): void {
  socket.on("error", () => undefined);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = faultDocument("s3", { status, code, message }, requestId());
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/xml`;
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
