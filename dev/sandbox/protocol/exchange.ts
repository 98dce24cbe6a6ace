import type { IncomingMessage, ServerResponse } from "node:http";
import type { Moto } from "../moto/moto-process";
import type { AwsCall } from "./aws-call";
import type { AwsFault } from "./aws-fault";

/** One request on its way through the door. */
export interface Exchange {
  readonly call: AwsCall;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The client waits for `100 Continue` before it sends the body. */
  readonly expectsContinue: boolean;
  readonly moto: Pick<Moto, "host" | "port" | "ended">;
  /** What moto is told instead of what came. Undefined: what came. */
  readonly rewritten?: Rewritten;
}

export interface Rewritten {
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** Undefined: the request's own, as a stream. */
  readonly body?: Buffer;
  /** Another answer than moto's, by moto's status. Undefined: moto's stands. */
  readonly replaceResponse?: (status: number) => Promise<AwsFault | undefined> | undefined;
}

/**
 * Looks at an exchange before it goes to moto. True: it has been answered, nobody else needs to
 * look at it. A handler that says false has left the request's body alone.
 */
export type Handler = (exchange: Exchange) => Promise<boolean>;

/** Decides whether an exchange may go on, and as what. Undefined: it has been answered. */
export type AuthorizeRequest = (exchange: Exchange) => Promise<Exchange | undefined>;
