import type { IncomingMessage } from "node:http";

/** The request as it came, for whoever checks what was signed. */
export interface SignedRequest {
  readonly request: IncomingMessage;
  /** As on the wire, without the query. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  /** Named by the host, for S3. */
  readonly hostedBucket?: string;
  /** The SHA-256 of the body in hex, where somebody has read it; otherwise what the client declares is taken. */
  readonly bodyHash?: string;
}
