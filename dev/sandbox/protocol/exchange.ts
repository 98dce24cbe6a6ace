import type { IncomingMessage, ServerResponse } from "node:http";
import type { Moto } from "../moto/moto-process";
import type { AwsCall } from "./aws-call";
import type { AwsFault } from "./aws-fault";

/** A request to the proxy, and its response. */
export interface Exchange {
  readonly call: AwsCall;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The client sends the body only after `100 Continue`. */
  readonly expectsContinue: boolean;
  readonly moto: Pick<Moto, "host" | "port" | "ended">;
  /** The request that moto gets. Undefined: the client's request. */
  readonly rewritten?: Rewritten;
}

export interface Rewritten {
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** Undefined: the body of the client's request, as a stream. */
  readonly body?: Buffer;
  /**
   * The error to send instead of moto's response with this status. Undefined: the response is
   * passed on.
   */
  readonly replaceResponse?: (status: number) => Promise<AwsFault | undefined> | undefined;
}

/**
 * Handles an exchange before it is forwarded to moto. @returns true if the response has been sent.
 * If false, the body of the request has not been read.
 */
export type Handler = (exchange: Exchange) => Promise<boolean>;

/**
 * Authorizes a request. @returns the exchange to forward, or undefined if the response has been
 * sent
 */
export type AuthorizeRequest = (exchange: Exchange) => Promise<Exchange | undefined>;
