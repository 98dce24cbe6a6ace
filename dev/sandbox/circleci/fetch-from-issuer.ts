import { issuerOrigin } from "../../../lib/token/issuer";
import { requestLocal } from "../http/local-request";

/**
 * AWS gives an identity provider 5 seconds (AWS re:Post, "AssumeRoleWithWebIdentity
 * InvalidIdentityToken").
 */
const LIMITS = { timeoutMs: 5_000, maxBytes: 1_024 * 1_024 };

/**
 * Fetches JSON that an issuer publishes. URLs of CircleCI lead to the local one, those of a
 * CircleCI Server that it has signed for too; no other leads anywhere: the sandbox asks nobody
 * outside this machine.
 * @returns undefined when nobody answers it, or answers anything but 200 and JSON
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
