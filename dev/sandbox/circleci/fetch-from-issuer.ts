import { issuerOrigin } from "../../../lib/token/issuer";
import { requestLocal } from "../http/local-request";

/**
 * AWS waits 5 s for an identity provider (AWS re:Post, "AssumeRoleWithWebIdentity
 * InvalidIdentityToken").
 */
const LIMITS = { timeoutMs: 5_000, maxBytes: 1_024 * 1_024 };

/**
 * Fetches JSON that an issuer publishes. The local CircleCI serves the URLs of CircleCI, and of
 * each CircleCI Server that it has issued tokens for. No request leaves this machine.
 * @returns undefined for every other URL, and unless the response is JSON with status 200
 */
export function fetchFromIssuer(
  circleCi: string,
  servers: ReadonlySet<string> = new Set(),
): (url: string) => Promise<unknown> {
  return async (url) => {
    const server = [...servers].find((one) => url.startsWith(`${issuerOrigin({ server: one })}/`));
    const origin = issuerOrigin(server === undefined ? {} : { server });
    if (!url.startsWith(`${origin}/`)) return undefined;
    try {
      const there = `${circleCi}${url.slice(origin.length)}${server === undefined ? "" : `?server=${server}`}`;
      const { status, body } = await requestLocal(there, { method: "GET", ...LIMITS });
      return status === 200 ? (JSON.parse(body.toString("utf8")) as unknown) : undefined;
    } catch {
      return undefined;
    }
  };
}
