import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { MAX_HEADER_BYTES } from "../http/headers";
import { closeServer, listenOnLoopback } from "../http/listen";
import { isLoopbackName, rejectionOf } from "../http/reject-browsers";
import { identify } from "../protocol/aws-call";
import { type AwsFault, faultDocument, requestId, sendFault } from "../protocol/aws-fault";
import type { AuthorizeRequest, Exchange, Handler } from "../protocol/exchange";
import { isS3Host } from "../protocol/s3-host";
import { closeAhead, connectAhead } from "./connections";
import { forward } from "./forward";

/** Default of `headersTimeoutMs`. */
const HEADERS_TIMEOUT_MS = 60_000;
/** Maximum time for a client to read an error before its connection is closed, in milliseconds. */
const CLOSE_DELAY_MS = 1_000;

export interface AuthorizingProxy {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

interface ProxyOptions {
  readonly moto: Exchange["moto"];
  /** Called first. */
  readonly authorize: AuthorizeRequest;
  /** Called in this order. A request that none of them handles is forwarded to moto. */
  readonly handlers: readonly Handler[];
  /** Maximum time until the headers of a request have arrived, in milliseconds. Default: 60,000. */
  readonly headersTimeoutMs?: number;
}

/** Starts the authorizing proxy: an HTTP server on the loopback interface in front of moto. */
export async function startProxy(options: ProxyOptions): Promise<AuthorizingProxy> {
  const headersTimeout = options.headersTimeoutMs ?? HEADERS_TIMEOUT_MS;
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    // Only the headers have a time limit. By default, Node limits the whole request.
    requestTimeout: 0,
    headersTimeout,
    // Node checks for expired connections at this interval. Its default is 30 s.
    connectionsCheckingInterval: Math.min(1_000, headersTimeout),
    keepAliveTimeout: 65_000,
  });
  const answering = new WeakSet<Socket>();
  const pass = (expectsContinue: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    // The client can disconnect at any time. The handlers learn it from `close`.
    response.on("error", () => undefined);
    answering.add(request.socket);
    response.on("close", () => answering.delete(request.socket));
    handle(options, request, response, expectsContinue).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (response.headersSent) response.destroy();
      else sendFault(response, "s3", { status: 500, code: "InternalError", message });
    });
  };
  server.on("request", pass(false));
  server.on("checkContinue", pass(true));
  server.on("connect", (_request, socket: Socket) =>
    respondOnSocket(socket, 405, "MethodNotAllowed", "this server is not a forward proxy"),
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    // A response has been started, so the connection can only be closed.
    if (answering.has(socket)) {
      socket.destroy();
      return;
    }
    respondOnSocket(socket, 400, CLIENT_ERRORS[error.code ?? ""] ?? "BadRequest", error.message);
  });
  const stop = () => {
    closeAhead(options.moto);
    return closeServer(server);
  };
  return { endpoint: await listenOnLoopback(server), stop };
}

/** Amazon S3 API Reference, "List of error codes". */
const CLIENT_ERRORS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "RequestHeaderSectionTooLarge",
  ERR_HTTP_REQUEST_TIMEOUT: "RequestTimeout",
};

async function handle(
  { authorize, handlers, moto }: ProxyOptions,
  request: IncomingMessage,
  response: ServerResponse,
  expectsContinue: boolean,
): Promise<void> {
  const rejection = rejectionOf(request, (name) => isLoopbackName(name) || isS3Host(name));
  if (rejection !== undefined)
    return reject(request, response, { status: 403, code: "AccessDenied", message: rejection });
  const call = identify(request);
  if ("unreadable" in call)
    return reject(request, response, { status: 400, code: "InvalidURI", message: call.unreadable });
  if (call.service === "moto-api") return reject(request, response, MOTO_API);
  if (call.method === "OPTIONS") return reject(request, response, NO_PREFLIGHT);
  if (moto.ended() === undefined) connectAhead(moto);
  const exchange = await authorize({ call, request, response, expectsContinue, moto });
  if (exchange === undefined) return;
  for (const handler of handlers) {
    if (await handler(exchange)) return;
  }
  await forward(exchange);
}

/** moto's own API (reset, recorder, stored data) is not available to clients. */
const MOTO_API: AwsFault = {
  status: 403,
  code: "AccessDenied",
  message: "the sandbox does not give access to the API of moto itself",
};

/**
 * A preflight request has an Origin header and is rejected as a browser's. This is S3's response to
 * one without (Amazon S3 API Reference, "OPTIONS object").
 */
const NO_PREFLIGHT: AwsFault = {
  status: 400,
  code: "BadRequest",
  message: "Insufficient information. Origin request header needed.",
};

/** Rejects a request without reading its body. The connection cannot be reused. */
function reject(request: IncomingMessage, response: ServerResponse, fault: AwsFault): void {
  request.resume();
  response.setHeader("Connection", "close");
  sendFault(response, "s3", fault);
}

/** Responds on the socket to a request that could not be parsed. */
function respondOnSocket(socket: Socket, status: number, code: string, message: string): void {
  socket.on("error", () => undefined);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = faultDocument("s3", { status, code, message }, requestId());
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/xml`;
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  // The client could keep its half of the connection open.
  setTimeout(() => socket.destroy(), CLOSE_DELAY_MS).unref();
}
