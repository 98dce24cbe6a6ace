import type { IncomingMessage } from "node:http";
import type { AwsCall } from "../aws-call";

/** The request as it came, for whoever checks what was signed. */
export interface SignedRequest {
  readonly request: IncomingMessage;
  readonly call: Pick<AwsCall, "rawPath" | "query" | "bucket" | "hosted">;
  /**
   * The SHA-256 of the body in hex, where somebody has read it; otherwise what the client declares
   * is taken.
   */
  readonly bodyHash?: string;
}
