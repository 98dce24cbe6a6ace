import { get } from "node:http";
import { ISSUER_ORIGIN } from "../../token/issuer";

/** AWS gives an identity provider 5 seconds (AWS re:Post, "AssumeRoleWithWebIdentity InvalidIdentityToken"). */
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1_024 * 1_024;

/**
 * Fetches JSON that an issuer publishes. URLs of CircleCI lead to the local one; no other leads anywhere: the sandbox asks nobody
 * outside this machine.
 * @returns undefined when nobody answers it, or answers anything but 200 and JSON
 */
export function reachIssuer(circleCi: string): (url: string) => Promise<unknown> {
  return (url) => {
    if (!url.startsWith(`${ISSUER_ORIGIN}/`)) return Promise.resolve(undefined);
    return getJson(circleCi + url.slice(ISSUER_ORIGIN.length));
  };
}

function getJson(url: string): Promise<unknown> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: TIMEOUT_MS });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(undefined));
    request.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("error", () => resolve(undefined));
      response.on("data", (part: string) => {
        text += part;
        if (text.length > MAX_BYTES) request.destroy();
      });
      response.on("close", () => resolve(response.statusCode === 200 ? parse(text) : undefined));
    });
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
