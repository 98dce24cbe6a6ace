import { types } from "node:util";
import type { Mask } from "./mask";

/** A host that has not answered whole in this time will not any more. */
const SILENCE_MS = 30_000;
/** Statuses of answers without a body (https://fetch.spec.whatwg.org/#null-body-status). */
const WITHOUT_BODY = new Set([101, 103, 204, 205, 304]);

/**
 * A `fetch` that carries a token to one origin only, follows no redirect (a moved POST would become
 * a GET), reads the answer to its end before it gives it on (a body that breaks off is an error,
 * and not a short answer) and masks the token in it.
 * @param apiUrl the API; every other origin is refused before anything is sent
 * @param silenceMs how long an answer may take to be there whole, in milliseconds
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
    if (to !== origin) throw new Error(`a call to ${to} was not sent: the token is for ${origin}`);
    const { response, text } = await whole(request).catch((error: unknown) => {
      throw new Error(mask(reasonOf(error)));
    });
    const { status } = response;
    const headers = new Headers(response.headers);
    // The text is decoded, and may be shorter.
    for (const name of ["content-encoding", "content-length", "transfer-encoding"]) headers.delete(name);
    return new Response(WITHOUT_BODY.has(status) ? null : mask(text), { status, headers });
  };
}

async function whole(request: Request): Promise<{ readonly response: Response; readonly text: string }> {
  const response = await fetch(request);
  return { response, text: await response.text() };
}

/** Why a `fetch` failed: its own message is only "fetch failed". */
export function reasonOf(error: unknown): string {
  if (!types.isNativeError(error) && !(error instanceof DOMException)) return String(error);
  if (error.name === "TimeoutError") return "it took too long";
  const cause = error.cause === undefined ? "" : reasonOf(error.cause);
  return cause === "" || error.message.includes(cause) ? error.message || error.name : cause;
}
