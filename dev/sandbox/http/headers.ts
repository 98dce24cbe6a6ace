import type { IncomingMessage } from "node:http";

/**
 * Maximum size of a request's line and headers, in bytes. A web identity token of 20,000 characters
 * can be part of a query.
 */
export const MAX_HEADER_BYTES = 128 * 1024;

/** Hop-by-hop headers (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "upgrade",
]);

/** Names and values in turn. Case, order and duplicates are kept; hop-by-hop headers are not. */
export function endToEndHeaders(message: IncomingMessage, without: readonly string[] = []): string[] {
  const named = (message.headers.connection ?? "").toLowerCase().split(/\s*,\s*/);
  const dropped = new Set([...HOP_BY_HOP, ...named, ...without]);
  const kept: string[] = [];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    const name = message.rawHeaders[index] ?? "";
    if (!dropped.has(name.toLowerCase())) kept.push(name, message.rawHeaders[index + 1] ?? "");
  }
  return kept;
}

/** The first value of a header. Undefined: the header is absent. */
export function header(message: IncomingMessage, name: string): string | undefined {
  const value = message.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
