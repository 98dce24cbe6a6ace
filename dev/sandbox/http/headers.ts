import type { IncomingMessage } from "node:http";

/**
 * Maximum size of a request's line and headers, in bytes. A web identity token of 20,000 characters
 * can be part of a query.
 */
export const MAX_HEADER_BYTES = 128 * 1024;

/** Headers that are about one connection, not about the message (RFC 9110, section 7.6.1). */
const ONE_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "upgrade",
]);

/**
 * Names and values in turn, as they came: case, order and duplicates kept, headers of one hop left
 * out.
 */
export function endToEndHeaders(message: IncomingMessage, without: readonly string[] = []): string[] {
  const named = (message.headers.connection ?? "").toLowerCase().split(/\s*,\s*/);
  const dropped = new Set([...ONE_HOP, ...named, ...without]);
  const kept: string[] = [];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    const name = message.rawHeaders[index] ?? "";
    if (!dropped.has(name.toLowerCase())) kept.push(name, message.rawHeaders[index + 1] ?? "");
  }
  return kept;
}

/** The first value of a header, or undefined. */
export function header(message: IncomingMessage, name: string): string | undefined {
  const value = message.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
