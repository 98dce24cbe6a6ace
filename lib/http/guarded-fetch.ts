import { types } from "node:util";
import { connectionFailure } from "./connection-failure";
import type { Mask } from "./mask";
import { open } from "./open";

/** The default limit for a whole answer. */
const SILENCE_MS = 30_000;
/** Statuses of answers without a body (https://fetch.spec.whatwg.org/#null-body-status). */
const WITHOUT_BODY = new Set([101, 103, 204, 205, 304]);

/**
 * A `fetch` that sends a token to one origin only, follows no redirect (a moved POST would become a
 * GET), reads each answer to its end before it returns it (a truncated body is an error, not a
 * short answer) and masks the token in it. It connects as `open` does: through the environment's
 * proxy.
 * @param apiUrl the API; a call to any other origin is refused before anything is sent
 * @param silenceMs the limit for a whole answer, in milliseconds
 */
export function guardedFetch(
  apiUrl: string,
  mask: Mask,
  env: NodeJS.ProcessEnv,
  silenceMs: number = SILENCE_MS,
): typeof fetch {
  const { origin } = new URL(apiUrl);
  return async (input, init) => {
    const request = new Request(input, init);
    const to = new URL(request.url).origin;
    if (to !== origin) throw new Error(`the call to ${to} was not sent: the token is for ${origin}`);
    const { status, headers, text } = await whole(request, env, silenceMs).catch((error: unknown) => {
      throw connectionFailure(error) ?? new Error(mask(reasonOf(error)));
    });
    return new Response(WITHOUT_BODY.has(status) ? null : mask(text), { status, headers });
  };
}

interface Whole {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function whole(request: Request, env: NodeJS.ProcessEnv, silenceMs: number): Promise<Whole> {
  const body = Buffer.from(await request.arrayBuffer());
  const response = await open(new URL(request.url), env, {
    method: request.method,
    headers: {
      ...Object.fromEntries(request.headers),
      ...(request.body === null ? {} : { "content-length": String(body.length) }),
    },
    body,
    signal: AbortSignal.timeout(silenceMs),
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const headers = new Headers();
  // These describe the body as it was sent; the text below is the mask's.
  for (const [name, values] of Object.entries(response.headersDistinct))
    if (!["content-length", "transfer-encoding"].includes(name))
      for (const value of values ?? []) headers.append(name, value);
  return { status: response.statusCode ?? 0, headers, text: Buffer.concat(chunks).toString() };
}

/** Why a `fetch` failed: its message is only "fetch failed", the cause says more. */
export function reasonOf(error: unknown): string {
  if (!types.isNativeError(error) && !(error instanceof DOMException)) return String(error);
  if (error.name === "TimeoutError") return "the request timed out";
  const cause = error.cause === undefined ? "" : reasonOf(error.cause);
  return cause === "" || error.message.includes(cause) ? error.message || error.name : cause;
}
