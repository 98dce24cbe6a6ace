import type { KyInstance, Options } from "ky";
import type { ProjectError } from "../errors";
import { type Answer, retryAfterOf } from "./answer";
import { connectionFailure } from "./connection-failure";
import { guardedFetch, reasonOf } from "./guarded-fetch";
import type { Mask } from "./mask";
import type { Waits } from "./waits";

/** The address of an API and the headers of each call. */
interface JsonApi {
  /** No slash at the end. */
  readonly url: string;
  /** Authorization headers; they are sent to this server only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly mask: Mask;
  /** Names the proxy, if there is one, and certificate authorities. */
  readonly env: NodeJS.ProcessEnv;
  /** The limit for a whole answer, in milliseconds. Default: 30,000. */
  readonly silenceMs?: number;
}

/** The errors of a call. `Call` is how they name it. */
export interface Failures<Call> {
  /** An answer that is not a success. */
  readonly answered: (answer: Answer, call: Call) => ProjectError;
  /** No answer, or an incomplete one. Tokens in the reason are masked. */
  readonly unreachable: (reason: string, call: Call) => ProjectError;
}

/** A JSON API. Reads are retried where that can help; a write is sent once. */
export interface JsonClient<Call> {
  /** @param address a path within the API, or a full URL of the same server */
  readonly read: (address: string, call: Call) => Promise<JsonAnswer>;
  readonly write: (
    method: "post" | "put" | "delete",
    address: string,
    body: unknown,
    call: Call,
  ) => Promise<JsonAnswer>;
}

interface JsonAnswer {
  readonly data: unknown;
  readonly header: (name: string) => string | undefined;
}

const RETRIES = 3;

/**
 * A client built on https://github.com/sindresorhus/ky, whose retries honour `Retry-After`; `waits`
 * limits how long.
 */
export async function jsonClient<Call>(
  { url: apiUrl, headers, mask, env, silenceMs }: JsonApi,
  waits: Waits,
  failures: Failures<Call>,
): Promise<JsonClient<Call>> {
  const { default: ky } = await import("ky");
  const api = ky.create({
    headers: { ...headers, accept: "application/json", "user-agent": "cdktf-circleci-oidc" },
    fetch: guardedFetch(apiUrl, mask, env, silenceMs),
    // guardedFetch has a timeout.
    timeout: false,
    retry: 0,
  });
  const retry: Options["retry"] = {
    limit: RETRIES,
    methods: ["get"],
    statusCodes: [408, 429, 500, 502, 503, 504],
    afterStatusCodes: [429, 503],
    delay: (attempt) => waits.firstMs * 2 ** (attempt - 1),
    shouldRetry: ({ error, retryCount }) => mayRetry(error, retryCount, waits),
  };
  const send = async (address: string, options: Options, call: Call): Promise<JsonAnswer> => {
    const url = URL.canParse(address) ? address : `${apiUrl}/${address}`;
    try {
      return await answerOf(api, url, options);
    } catch (error) {
      throw await asFailure(error, mask, call, failures);
    }
  };
  return {
    read: (address, call) => send(address, { method: "get", retry }, call),
    write: (method, address, body, call) =>
      send(address, { method, ...(body === undefined ? {} : { json: body }) }, call),
  };
}

async function answerOf(api: KyInstance, url: string, options: Options): Promise<JsonAnswer> {
  const response = await api(url, { ...options, throwHttpErrors: true });
  const text = await response.text();
  const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
  if (response.status >= 300) throw new Refused(response.status, header, text);
  return { data: text === "" ? undefined : jsonOf(text), header };
}

/** undefined: the text is not JSON. Callers check the shape. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A redirect: it is not followed, and counts as a failure. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly header: (name: string) => string | undefined,
    readonly text: string,
  ) {
    super(`status ${status}`);
  }
}

/** False: the wait would be too long. Undefined: ky decides, and waits as long as asked. */
function mayRetry(error: Error, retryCount: number, waits: Waits): false | undefined {
  // A proxy, or a certificate: the same call fails the same way.
  if (connectionFailure(error) !== undefined) return false;
  const response = responseOf(error);
  const asked =
    response === undefined ? undefined : retryAfterOf((name) => response.headers.get(name) ?? undefined);
  const isLimit = response?.status === 429;
  const ms =
    (isLimit || response?.status === 503 ? asked : undefined) ?? waits.firstMs * 2 ** (retryCount - 1);
  const why = isLimit
    ? "the host's rate limit for this token is reached"
    : "the host did not answer as expected";
  return waits.grant(ms, why) ? undefined : false;
}

function responseOf(error: unknown): Response | undefined {
  return error instanceof Error && "response" in error && error.response instanceof Response
    ? error.response
    : undefined;
}

async function asFailure<Call>(
  error: unknown,
  mask: Mask,
  call: Call,
  failures: Failures<Call>,
): Promise<ProjectError> {
  const failure = connectionFailure(error);
  if (failure !== undefined) return failure;
  if (error instanceof Refused) return failures.answered(error, call);
  const response = responseOf(error);
  if (response === undefined) return failures.unreachable(mask(reasonOf(error)), call);
  const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
  return failures.answered({ status: response.status, header, text: wordsIn(await response.text()) }, call);
}

/**
 * The message in the JSON of a host: CircleCI's `message`, GitLab's `message` or `error`,
 * Bitbucket's `error.message`, Bitbucket Data Center's `errors[0].message`.
 */
function wordsIn(text: string): string {
  const data = jsonOf(text);
  if (typeof data !== "object" || data === null) return text;
  if ("errors" in data && Array.isArray(data.errors)) return wordsIn(JSON.stringify(data.errors[0]));
  const own = "message" in data ? data.message : "error" in data ? data.error : data;
  const inner = typeof own === "object" && own !== null && "message" in own ? own.message : own;
  return typeof inner === "string" ? inner : JSON.stringify(inner);
}
