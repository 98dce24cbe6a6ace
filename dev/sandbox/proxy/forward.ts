import { createHash } from "node:crypto";
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { endToEndHeaders, header, MAX_HEADER_BYTES } from "../http/headers";
import { type AwsFault, SHA256_MISMATCH, sendFault, unavailable } from "../protocol/aws-fault";
import type { Exchange } from "../protocol/exchange";
import { agent } from "./connections";
import { DigestCheck } from "./digest-check";

/**
 * Streams a request to moto and its response back, without buffering a whole body. If either side
 * aborts, the other connection is closed too: a truncated response never looks complete.
 * @param onStatus called with moto's status before the client gets it
 * @returns when the exchange has ended
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
      // moto can respond and close before it has read the whole body. Then its response counts, not
      // the connection error.
      if (!response.headersSent)
        answerUnavailable(exchange, moto.ended() ?? `the connection to moto failed: ${error.message}`);
    });
    upstream.on("close", () => {
      // The rest of the body must still be read, or the client does not get to read the response.
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
 * Sends the replacement if there is one. If it cannot be determined, moto's response is not passed
 * on.
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
  message: "The sandbox cannot determine whether the caller is authorized.",
};

/**
 * Streams the body of the request, after `100 Continue` from moto if the client waits for it.
 * @returns whether the body has been requested
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

/** A body with a declared digest reaches moto completely only if the digest matches. */
function pipeBody({ call, request, response }: Exchange, upstream: ClientRequest): void {
  const declared = header(request, "x-amz-content-sha256") ?? "";
  // Most requests have no body: without one, none needs to be streamed.
  if (hasNoBody(request) && (!/^[0-9a-f]{64}$/.test(declared) || declared === EMPTY_SHA256)) {
    request.resume();
    upstream.end();
    return;
  }
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

const EMPTY_SHA256 = createHash("sha256").digest("hex");

/** A request has a body only if its headers say so (RFC 9112, section 6). */
function hasNoBody({ headers }: IncomingMessage): boolean {
  return headers["content-length"] === undefined && headers["transfer-encoding"] === undefined;
}

function passAnswer({ response }: Exchange, answer: IncomingMessage, continued: boolean): void {
  const status = answer.statusCode ?? 502;
  const bodiless = status === 204 || status === 304;
  const headers = endToEndHeaders(answer, [
    "transfer-encoding",
    ...(status === 204 ? ["content-length"] : []),
    // moto allows every web page to read its responses. The proxy allows none.
    ...Object.keys(answer.headers).filter((name) => name.startsWith("access-control-")),
  ]);
  // The client may or may not send its body without `100 Continue`, so the connection cannot be
  // reused.
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
  // Node would add `Transfer-Encoding: chunked` to a POST or PUT without a body.
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
