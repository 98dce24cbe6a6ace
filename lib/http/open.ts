import http from "node:http";
import https from "node:https";
import { agentsOf } from "./agents";
import { proxyAnswered } from "./connection-failure";
import { proxyFor } from "./proxy";

export interface HttpCall {
  /** Default: GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** Ends the call, also while its answer is read. */
  readonly signal?: AbortSignal;
}

/** A call fails after this time without data, in milliseconds. */
const SILENCE_MS = 30_000;

/**
 * Sends one HTTP request, as `agentsOf` connects, and follows no redirect. Every call of this
 * project that is not the AWS SDK's goes through this function.
 * @returns the answer, its body unread
 * @throws the errors of `connection-failure.ts`; Node's error where there was no answer
 */
export async function open(
  url: URL,
  env: NodeJS.ProcessEnv,
  call: HttpCall = {},
): Promise<http.IncomingMessage> {
  const { method = "GET", headers = {}, body, signal } = call;
  const isSecure = url.protocol === "https:";
  const agents = agentsOf(env);
  const request = (isSecure ? https : http).request(url, {
    method,
    agent: isSecure ? agents.https : agents.http,
    // An encoded body would have to be decoded here.
    headers: { "accept-encoding": "identity", ...headers },
    ...(signal === undefined ? {} : { signal }),
  });
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.on("response", resolve);
    request.on("error", reject);
    request.setTimeout(SILENCE_MS, () => request.destroy(new Error(`no data for ${SILENCE_MS / 1000} s`)));
    request.end(body);
  });
  const proxy = response.statusCode === 407 ? proxyFor(url, env) : undefined;
  if (proxy === undefined) return response;
  response.resume();
  throw proxyAnswered(proxy, url.host, 407);
}
