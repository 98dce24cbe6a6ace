import { ProjectError } from "../errors";
import { type Mask, maskOf } from "../http/mask";
import type { HostName } from "./host";

/** The credentials of a call. */
export interface Secret {
  /** The value of the header `Authorization`. */
  readonly authorization: string;
  /** The bare token, for clients that set the header themselves. */
  readonly token: string;
  readonly mask: Mask;
}

/**
 * The token for a host, read from the environment only. GitHub: `GH_TOKEN`, `GITHUB_TOKEN`, in gh's
 * order (https://cli.github.com/manual/gh_help_environment). GitLab: `GITLAB_TOKEN`, a personal,
 * project or group access token, as `Authorization: Bearer`, which HTTP clients redact, unlike
 * `PRIVATE-TOKEN` (https://docs.gitlab.com/api/rest/authentication/). Bitbucket:
 * `BITBUCKET_TOKEN`: a repository, project or workspace access token as Bearer, or beside
 * `BITBUCKET_EMAIL` an API token as Basic
 * (https://support.atlassian.com/bitbucket-cloud/docs/using-api-tokens/). App passwords ended on 9
 * June 2026. Bitbucket Data Center: an HTTP access token as Bearer
 * (https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html).
 * @throws ProjectError `review-token-missing`, `review-token-malformed` (exit 2)
 */
export function readSecret(host: HostName, env: NodeJS.ProcessEnv): Secret {
  if (host === "github") return bearer(read(["GH_TOKEN", "GITHUB_TOKEN"], env));
  if (host === "gitlab") return bearer(read(["GITLAB_TOKEN"], env));
  const token = read(["BITBUCKET_TOKEN"], env);
  if (host === "bitbucket-data-center") return bearer(token);
  const email = env.BITBUCKET_EMAIL;
  return email === undefined || email === "" ? bearer(token) : basic(email, token);
}

function read(names: readonly string[], env: NodeJS.ProcessEnv): string {
  const name = names.find((one) => env[one] !== undefined && env[one] !== "");
  const token = name === undefined ? undefined : env[name];
  if (name === undefined || token === undefined)
    throw new ProjectError({
      code: "review-token-missing",
      message: `no token to post with: ${names.join(" and ")} ${names.length === 1 ? "is" : "are"} not set`,
      found: names.join(","),
      fix: "set it in a CircleCI context or project environment variable, never in a file or an argument",
      exitCode: 2,
    });
  if (/^[\x21-\x7e]{8,}$/.test(token)) return token;
  throw new ProjectError({
    code: "review-token-malformed",
    message: `${name} is not a token: tokens have at least 8 characters and no white space`,
    found: name,
    fix: "set it again without quotes or line breaks",
    exitCode: 2,
  });
}

function bearer(token: string): Secret {
  return { authorization: `Bearer ${token}`, token, mask: maskOf([token]) };
}

function basic(email: string, token: string): Secret {
  const pair = Buffer.from(`${email}:${token}`).toString("base64");
  return { authorization: `Basic ${pair}`, token, mask: maskOf([token, pair]) };
}
