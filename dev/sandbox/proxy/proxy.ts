import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { MAX_HEADER_BYTES } from "../http/headers";
import { closeServer, listenOnLoopback } from "../http/listen";
import { isLoopbackName, rejectionOf } from "../http/reject-browsers";
import { identify } from "../protocol/aws-call";
import { type AwsFault, faultDocument, requestId, sendFault } from "../protocol/aws-fault";
import type { AuthorizeRequest, Exchange, Handler } from "../protocol/exchange";
import { isS3Host } from "../protocol/s3-host";
import { forward } from "./forward";

/** How long a connection may take to bring a request's headers, in milliseconds. */
const HEADERS_TIMEOUT_MS = 60_000;
/**
 * How long a client may take to read a refusal before its connection is closed, in milliseconds.
 */
const LINGER_MS = 1_000;

export interface AuthorizingProxy {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

export interface ProxyOptions {
  readonly moto: Exchange["moto"];
  /** Asked first. */
  readonly authorize: AuthorizeRequest;
  /** Asked in this order; what none of them answers goes to moto. */
  readonly handlers: readonly Handler[];
  /**
   * How long a connection may take to bring a request's headers, in milliseconds. Default: 60,000.
   */
  readonly headersTimeoutMs?: number;
}

/**
 * Opens the door: an HTTP server on the loopback interface through which every request to moto
 * passes.
 */
export async function startProxy(options: ProxyOptions): Promise<AuthorizingProxy> {
  const headersTimeout = options.headersTimeoutMs ?? HEADERS_TIMEOUT_MS;
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    // An upload may take as long as it likes; only headers have to come within a minute. Node's
    // default is the request's timeout: none.
    requestTimeout: 0,
    headersTimeout,
    // Node looks for late connections this often; its default is half a minute.
    connectionsCheckingInterval: Math.min(1_000, headersTimeout),
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
    refuse(socket, 400, CLIENT_ERRORS[error.code ?? ""] ?? "BadRequest", error.message);
  });
  return { endpoint: await listenOnLoopback(server), stop: () => closeServer(server) };
}

/** Amazon S3 API Reference, "List of error codes". */
const CLIENT_ERRORS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "RequestHeaderSectionTooLarge",
  ERR_HTTP_REQUEST_TIMEOUT: "RequestTimeout",
};

async function letThrough(
  { authorize, handlers, moto }: ProxyOptions,
  request: IncomingMessage,
  response: ServerResponse,
  expectsContinue: boolean,
): Promise<void> {
  const stranger = rejectionOf(request, (name) => isLoopbackName(name) || isS3Host(name));
  if (stranger !== undefined)
    return turnAway(request, response, { status: 403, code: "AccessDenied", message: stranger });
  const call = identify(request);
  if ("unreadable" in call)
    return turnAway(request, response, { status: 400, code: "InvalidURI", message: call.unreadable });
  if (call.service === "moto-api") return turnAway(request, response, MOTOS_OWN);
  if (call.method === "OPTIONS") return turnAway(request, response, NO_PREFLIGHT);
  const exchange = await authorize({ call, request, response, expectsContinue, moto });
  if (exchange === undefined) return;
  for (const handler of handlers) {
    if (await handler(exchange)) return;
  }
  await forward(exchange);
}

/**
 * What moto keeps for itself: resetting it, recording with it and reading all that it stores is not
 * for AWS's clients.
 */
const MOTOS_OWN: AwsFault = {
  status: 403,
  code: "AccessDenied",
  message: "this path belongs to moto itself, and is not reached through the sandbox",
};

/**
 * A preflight has an Origin, and is refused as a page's; this is S3's answer to one without (Amazon
 * S3 API Reference, "OPTIONS object").
 */
const NO_PREFLIGHT: AwsFault = {
  status: 400,
  code: "BadRequest",
  message: "Insufficient information. Origin request header needed.",
};

/** Refuses a request before anybody looks at its body; the connection cannot be used again. */
function turnAway(request: IncomingMessage, response: ServerResponse, fault: AwsFault): void {
  request.resume();
  response.setHeader("Connection", "close");
  sendFault(response, "s3", fault);
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
  // Its half of the connection would stay open for as long as the client likes.
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
