import { ProjectError } from "../../errors";
import { safeUrl } from "../../http/safe-url";

/**
 * Where CircleCI is: `CIRCLE_URL`, a URL, or `CIRCLE_HOST`, a URL or a host's name, for an
 * installation of CircleCI Server; else the server of access.yaml; else circleci.com. "If you are
 * using CircleCI Server, replace https://circleci.com with your server hostname":
 * https://circleci.com/docs/guides/toolkit/api-developers-guide/
 * @param server `organization.server`: a host's name
 * @returns the address of its API v2, without a slash at the end
 * @throws ProjectError `circleci-url` (exit 2): a token does not go there
 */
export function circleciApi(env: NodeJS.ProcessEnv, server?: string): string {
  const [name, text] = env.CIRCLE_URL
    ? ["CIRCLE_URL", env.CIRCLE_URL]
    : ["CIRCLE_HOST", env.CIRCLE_HOST || server];
  if (text === undefined || text === "") return "https://circleci.com/api/v2";
  const isHost = name === "CIRCLE_HOST" && /^[\w.-]+(:\d+)?$/.test(text);
  const url = safeUrl(isHost ? `https://${text}` : text);
  if (url !== undefined) return `${url.href.replace(/\/+$/, "").replace(/\/api\/v2$/, "")}/api/v2`;
  throw new ProjectError({
    code: "circleci-url",
    message: `${name} holds no address that a token may go to`,
    // The whole text may hold a password.
    found: URL.canParse(text) ? new URL(text).host : "no URL",
    fix: "write it as https://circleci.example.com, without user, password and query; plain http is for this machine alone",
    exitCode: 2,
  });
}
