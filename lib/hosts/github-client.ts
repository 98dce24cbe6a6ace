import type { ProjectError } from "../errors";
import type { Answer } from "../http/answer";
import { connectionFailure } from "../http/connection-failure";
import { guardedFetch, reasonOf } from "../http/guarded-fetch";
import type { Waits } from "../http/waits";
import { type Call, failureOf, HostFailure, unreachable } from "./failure";
import { type LimitHandler, octokit } from "./octokit";
import type { Secret } from "./secrets";

/** `repeat`: a failed call is retried. `once`: it must not be sent twice. */
export type Repeat = "repeat" | "once";

/** Every call to GitHub goes through this function. */
export type GitHubClient = (
  route: string,
  parameters: Readonly<Record<string, unknown>>,
  repeat: Repeat,
  call: Call,
) => Promise<GitHubAnswer>;

interface GitHubAnswer {
  readonly data: unknown;
  readonly link: string | undefined;
}

const RETRIES = 3;
/** A status of `doNotRetry`. */
const NOT_REPEATED = 421;

/**
 * Octokit with its plug-ins for retries and rate limits. Three of its defaults are disabled: it
 * would repeat a POST that failed with 5xx or got no answer, return a truncated body as text, and
 * end a list at a 409. https://github.com/octokit/plugin-retry.js,
 * https://github.com/octokit/plugin-throttling.js
 */
export async function gitHubClient(
  apiUrl: string,
  secret: Secret,
  waits: Waits,
  env: NodeJS.ProcessEnv,
): Promise<GitHubClient> {
  const silent = () => {};
  const send = guardedFetch(apiUrl, secret.mask, env);
  let lost: ProjectError | undefined;
  /** Octokit repeats what throws. A proxy or a certificate fails again, so it gets an answer. */
  const sendOnce: typeof fetch = async (input, init) => {
    try {
      return await send(input, init);
    } catch (error) {
      lost = connectionFailure(error);
      if (lost === undefined) throw error;
      return new Response(null, { status: NOT_REPEATED });
    }
  };
  const client = await octokit({
    baseUrl: apiUrl,
    auth: secret.token,
    userAgent: "cdktf-circleci-oidc",
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: sendOnce },
    // The throttling plug-in handles 429; a retry does not help with any other 4xx.
    retry: {
      retries: RETRIES,
      retryAfterBaseValue: waits.firstMs,
      doNotRetry: [...Array(100).keys()].map((n) => 400 + n),
    },
    throttle: { id: nextId(), onRateLimit: mayWait(waits), onSecondaryRateLimit: mayWait(waits) },
  });
  return async (route, parameters, repeat, call) => {
    // A number of retries given here applies to every status, so only 0 is ever given.
    const request = repeat === "repeat" ? { repeat } : { repeat, retries: 0 };
    try {
      const { data, headers, status } = await client.request(route, { ...parameters, request });
      if (status < 300) return { data, link: headers.link };
      throw failureOf({ status, header: () => undefined, text: "" }, call);
    } catch (error) {
      throw lost ?? asFailure(error, secret, call);
    }
  };
}

let clients = 0;
/** The plug-in shares its queues between all clients with the same id. */
function nextId(): string {
  clients += 1;
  return `review-${clients}`;
}

function mayWait(waits: Waits): LimitHandler {
  return (seconds, { request }, _octokit, retried) =>
    "repeat" in request &&
    request.repeat === "repeat" &&
    retried < RETRIES &&
    waits.grant(seconds * 1_000, "GitHub's rate limit for this token is reached");
}

function asFailure(error: unknown, { mask }: Secret, call: Call): HostFailure {
  if (error instanceof HostFailure) return error;
  const answer = answerOf(error);
  return answer === undefined ? unreachable(mask(reasonOf(error)), call) : failureOf(answer, call);
}

/** The answer in an Octokit `RequestError`; undefined: no answer. */
function answerOf(error: unknown): Answer | undefined {
  if (!(error instanceof Error) || !("response" in error) || !("status" in error)) return undefined;
  const { response, status } = error;
  if (typeof status !== "number" || typeof response !== "object" || response === null) return undefined;
  const headers = new Map<string, string>();
  if ("headers" in response && typeof response.headers === "object" && response.headers !== null)
    for (const [name, value] of Object.entries(response.headers))
      headers.set(name.toLowerCase(), String(value));
  return { status, header: (name) => headers.get(name), text: error.message };
}
