/** Content of an `aws-chunked` body. */
export interface Unchunked {
  readonly body: Buffer;
  /** Trailing headers, with names in lower case. */
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * Decodes a complete `aws-chunked` body, signed or unsigned, with or without trailers. Undefined:
 * the framing is invalid or incomplete.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function unchunk(framed: Buffer): Unchunked | undefined {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = framed.indexOf("\r\n", at);
    if (lineEnd === -1) return undefined;
    const size = /^([0-9a-f]{1,8})(?:;.*)?$/i.exec(framed.toString("latin1", at, lineEnd))?.[1];
    if (size === undefined) return undefined;
    const start = lineEnd + 2;
    const end = start + Number.parseInt(size, 16);
    if (end === start)
      return { body: Buffer.concat(parts), trailers: trailersOf(framed.toString("latin1", start)) };
    if (framed.toString("latin1", end, end + 2) !== "\r\n") return undefined;
    parts.push(framed.subarray(start, end));
    at = end + 2;
  }
}

function trailersOf(text: string): Readonly<Record<string, string>> {
  const trailers: Record<string, string> = {};
  for (const line of text.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return trailers;
}
