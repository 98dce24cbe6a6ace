import { types } from "node:util";
import type { Mask } from "./mask";

/** The default limit for a whole answer. */
const SILENCE_MS = 30_000;
/** Statuses of answers without a body (https://fetch.spec.whatwg.org/#null-body-status). */
const WITHOUT_BODY = new Set([101, 103, 204, 205, 304]);

/**
 * A `fetch` that sends a token to one origin only, follows no redirect (a moved POST would become a
 * GET), reads each answer to its end before it returns it (a truncated body is an error, not a short
 * answer) and masks the token in it.
 * @param apiUrl the API; a call to any other origin is refused before anything is sent
 * @param silenceMs the limit for a whole answer, in milliseconds
 */
export function guardedFetch(apiUrl: string, mask: Mask, silenceMs: number = SILENCE_MS): typeof fetch {
  const { origin } = new URL(apiUrl);
  return async (input, init) => {
    const request = new Request(input, {
      ...init,
      redirect: "manual",
      signal: AbortSignal.timeout(silenceMs),
    });
    const to = new URL(request.url).origin;
    if (to !== origin) throw new Error(`the call to ${to} was not sent: the token is for ${origin}`);
    const { response, text } = await whole(request).catch((error: unknown) => {
      throw new Error(mask(reasonOf(error)));
    });
    const { status } = response;
    const headers = new Headers(response.headers);
    // These headers describe the encoded body; the text is decoded.
    for (const name of ["content-encoding", "content-length", "transfer-encoding"]) headers.delete(name);
    return new Response(WITHOUT_BODY.has(status) ? null : mask(text), { status, headers });
  };
}

async function whole(request: Request): Promise<{ readonly response: Response; readonly text: string }> {
  const response = await fetch(request);
  return { response, text: await response.text() };
}

/** Why a `fetch` failed: its message is only "fetch failed", the cause says more. */
export function reasonOf(error: unknown): string {
  if (!types.isNativeError(error) && !(error instanceof DOMException)) return String(error);
  if (error.name === "TimeoutError") return "the request timed out";
  const cause = error.cause === undefined ? "" : reasonOf(error.cause);
  return cause === "" || error.message.includes(cause) ? error.message || error.name : cause;
}
