import {
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";

/** The answer to a call of gRPC, whose status is in the trailers. */
export interface GrpcAnswer {
  readonly headers: IncomingHttpHeaders;
  readonly trailers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Rejects if the connection ends before the answer. */
export function wholeAnswer(request: ClientHttp2Stream): Promise<GrpcAnswer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let headers: IncomingHttpHeaders = {};
    let trailers: IncomingHttpHeaders = {};
    request.on("response", (found) => {
      headers = found;
    });
    request.on("trailers", (found) => {
      trailers = found;
    });
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("error", reject);
    request.on("end", () => resolve({ headers, trailers, body: Buffer.concat(parts) }));
    request.on("close", () => reject(new Error("the provider has not answered")));
  });
}

export function sendAnswer(stream: ServerHttp2Stream, { headers, trailers, body }: GrpcAnswer): void {
  if (stream.destroyed) return;
  stream.respond(headers, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers(trailers));
  stream.end(body);
}

/**
 * Passes an answer on as it comes.
 * @param onAnswered called before the end of the answer is sent; not called if there is none
 */
export function passAnswer(
  request: ClientHttp2Stream,
  stream: ServerHttp2Stream,
  onAnswered: () => void,
): void {
  let trailers: IncomingHttpHeaders = {};
  request.on("trailers", (found) => {
    trailers = found;
  });
  request.on("error", () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
  request.on("response", (headers, flags) => {
    if (stream.destroyed) return;
    const endStream = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    if (endStream) onAnswered();
    stream.respond(headers, { endStream, waitForTrailers: !endStream });
    if (endStream) return;
    stream.on("wantTrailers", () => {
      onAnswered();
      stream.sendTrailers(trailers);
    });
    request.pipe(stream);
  });
}
