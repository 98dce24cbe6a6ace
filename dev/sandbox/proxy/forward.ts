import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { endToEndHeaders, header, MAX_HEADER_BYTES } from "../http/headers";
import { type AwsFault, SHA256_MISMATCH, sendFault, unavailable } from "../protocol/aws-fault";
import type { Exchange } from "../protocol/exchange";
import { DigestCheck } from "./digest-check";

/**
 * No keep-alive: moto closes every connection after its answer, and one kept for too long only
 * breaks the next request.
 */
const agent = new Agent({ keepAlive: false });

/**
 * Passes a request to moto and moto's answer back, byte by byte in both directions, never holding
 * more than a buffer. If either side breaks off, so does the other: a truncated answer is never
 * made to look complete.
 * @param onStatus told moto's status before the client is
 * @returns when the exchange is over, well or not
 */
export function forward(exchange: Exchange, onStatus?: (status: number) => void): Promise<void> {
  const { call, request, response, moto } = exchange;
  const ended = moto.ended();
  if (ended !== undefined) {
    answerUnavailable(exchange, ended);
    return Promise.resolve();
  }
  let upstream: ClientRequest;
  try {
    upstream = httpRequest({
      host: moto.host,
      port: moto.port,
      agent,
      maxHeaderSize: MAX_HEADER_BYTES,
      method: call.method,
      path: call.target,
      headers: [...(exchange.rewritten?.headers ?? requestHeaders(request))],
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    sendFault(response, call.service, { status: 400, code: "InvalidRequest", message });
    return Promise.resolve();
  }
  const continued = passBody(exchange, upstream);
  return new Promise((resolve) => {
    upstream.on("response", (answer) => {
      onStatus?.(answer.statusCode ?? 0);
      const other = exchange.rewritten?.replaceResponse?.(answer.statusCode ?? 0);
      if (other === undefined) passAnswer(exchange, answer, continued());
      else void answerWith(exchange, other, () => passAnswer(exchange, answer, continued()));
    });
    upstream.on("error", (error) => {
      // Moto may answer and close before it has read all of the body: then the answer counts, not
      // the broken pipe.
      if (!response.headersSent)
        answerUnavailable(exchange, moto.ended() ?? `moto broke off: ${error.message}`);
    });
    upstream.on("close", () => {
      // What moto no longer reads still has to be taken from the client, or it never gets to read
      // the answer.
      request.unpipe();
      request.resume();
    });
    response.on("close", () => {
      if (!response.writableFinished) upstream.destroy();
      resolve();
    });
    if (response.closed) {
      upstream.destroy();
      resolve();
    }
  });
}

/**
 * Another answer where there is one; without it, or when it cannot be had, nothing that moto said
 * gets out.
 */
async function answerWith(
  { call, response }: Exchange,
  other: Promise<AwsFault | undefined>,
  pass: () => void,
): Promise<void> {
  const fault = await other.catch((): AwsFault => UNDECIDED);
  if (fault === undefined) pass();
  else sendFault(response, call.service, fault);
}

const UNDECIDED: AwsFault = {
  status: 503,
  code: "ServiceUnavailable",
  message: "The sandbox cannot tell whether this may be answered.",
};

/**
 * Streams the request's body, after moto's own `100 Continue` where the client waits for one.
 * Returns whether it has been asked for.
 */
function passBody(exchange: Exchange, upstream: ClientRequest): () => boolean {
  const { request, response, expectsContinue, rewritten } = exchange;
  if (rewritten?.body !== undefined) {
    request.resume();
    upstream.end(rewritten.body);
    return () => true;
  }
  let continued = !expectsContinue;
  request.on("error", () => upstream.destroy());
  const start = () => pipeBody(exchange, upstream);
  if (continued) {
    start();
  } else {
    upstream.on("continue", () => {
      if (continued) return;
      continued = true;
      response.writeContinue();
      start();
    });
    upstream.flushHeaders();
  }
  return () => continued;
}

/** A body whose digest the client declares reaches moto whole only if it has that digest. */
function pipeBody({ call, request, response }: Exchange, upstream: ClientRequest): void {
  const declared = header(request, "x-amz-content-sha256") ?? "";
  if (!/^[0-9a-f]{64}$/.test(declared)) {
    request.pipe(upstream);
    return;
  }
  const check = new DigestCheck(declared);
  check.on("error", () => {
    sendFault(response, call.service, SHA256_MISMATCH);
    upstream.destroy();
  });
  request.pipe(check).pipe(upstream);
}

function passAnswer({ response }: Exchange, answer: IncomingMessage, continued: boolean): void {
  const status = answer.statusCode ?? 502;
  const bodiless = status === 204 || status === 304;
  const headers = endToEndHeaders(answer, [
    "transfer-encoding",
    ...(status === 204 ? ["content-length"] : []),
    // Moto lets every web page read its answers; nobody else may.
    ...Object.keys(answer.headers).filter((name) => name.startsWith("access-control-")),
  ]);
  // A client that was never told to go on may or may not send its body: this connection cannot be
  // used again.
  if (!continued) headers.push("Connection", "close");
  answer.on("error", () => response.destroy());
  answer.on("close", () => {
    if (!answer.complete) response.destroy();
  });
  response.writeHead(status, answer.statusMessage ?? "", headers);
  if (bodiless) {
    answer.resume();
    response.end();
  } else {
    answer.pipe(response);
  }
}

function requestHeaders(request: IncomingMessage): string[] {
  const headers = endToEndHeaders(request);
  const framed = request.headers["content-length"] ?? request.headers["transfer-encoding"];
  // Node would announce a chunked body for a POST or PUT that has none.
  if (framed === undefined && !["GET", "HEAD"].includes(request.method ?? ""))
    headers.push("Content-Length", "0");
  return headers;
}

function answerUnavailable(exchange: Exchange, reason: string): void {
  const { call, request, response, expectsContinue } = exchange;
  if (expectsContinue && !response.headersSent) response.setHeader("Connection", "close");
  sendFault(response, call.service, unavailable(reason));
  request.resume();
}
