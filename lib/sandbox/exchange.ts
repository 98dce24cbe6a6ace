import type { IncomingMessage, ServerResponse } from "node:http";
import type { AwsCall } from "./aws-call";
import type { Moto } from "./moto-process";

/** One request on its way through the door. */
export interface Exchange {
  readonly call: AwsCall;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The client waits for `100 Continue` before it sends the body. */
  readonly expectsContinue: boolean;
  readonly moto: Pick<Moto, "host" | "port" | "ended">;
}

/**
 * Looks at an exchange before it goes to moto. True: it has been answered, nobody else needs to look at it.
 * A handler that says false has left the request's body alone.
 */
export type Handler = (exchange: Exchange) => Promise<boolean>;
