import { type ErrorCode, ProjectError, type ProjectErrorOptions } from "../errors";
import { type Answer, oneLine, retryAfterOf, saidIn } from "../http/answer";
import type { HostName } from "./host";

/** A call to a host that failed. */
export class HostFailure extends ProjectError {
  /** The same call may succeed later. Until then it is unknown whether a write took effect. */
  readonly isPassing: boolean;
  /** How long the host asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(options: ProjectErrorOptions, isPassing = false, retryAfterMs?: number) {
    super(options);
    this.isPassing = isPassing;
    this.retryAfterMs = retryAfterMs;
  }
}

/** A call as errors name it. */
export interface Call {
  readonly host: HostName;
  /** Such as `read the comments`. */
  readonly task: string;
  /** Such as `acme/site#12`. */
  readonly place: string;
}

export const HOST_LABELS: Readonly<Record<HostName, string>> = {
  github: "GitHub",
  gitlab: "GitLab",
  bitbucket: "Bitbucket",
  "bitbucket-data-center": "Bitbucket Data Center",
};

/**
 * The permissions that each host's documentation asks for; `github.ts`, `gitlab.ts`,
 * `bitbucket.ts` and `bitbucket-data-center.ts` link the pages.
 */
const PERMISSIONS: Readonly<Record<HostName, string>> = {
  github:
    'a fine-grained or app token needs the repository permission "Pull requests: write" (`pull-requests: write`), a classic token needs the scope repo; the token of a fork\'s pipeline is read-only',
  gitlab: "the token needs the scope api, and its user must be a project member who may comment",
  bitbucket:
    "an API token needs the scopes read:user:bitbucket, read:pullrequest:bitbucket and write:pullrequest:bitbucket; an access token needs Pull requests: write",
  "bitbucket-data-center":
    "an HTTP access token needs the repository permission Read, which lets its user comment",
};

const TOKEN_NAMES: Readonly<Record<HostName, string>> = {
  github: "GH_TOKEN or GITHUB_TOKEN",
  gitlab: "GITLAB_TOKEN",
  bitbucket: "BITBUCKET_TOKEN (with an API token, set BITBUCKET_EMAIL too)",
  "bitbucket-data-center": "BITBUCKET_TOKEN (an HTTP access token)",
};

/** "Otherwise, wait for at least one minute": where `isRateLimit` is documented. */
const GITHUB_WAIT_MS = 60_000;

/** The error for an answer that is not a success. */
export function failureOf(answer: Answer, call: Call): HostFailure {
  const { status } = answer;
  const said = `${HOST_LABELS[call.host]} answered ${status} to "${call.task}" at ${call.place}${saidIn(answer.text)}`;
  const found = String(status);
  if (isRateLimit(answer)) {
    const retryAfterMs = retryAfterOf(answer.header) ?? (call.host === "github" ? GITHUB_WAIT_MS : undefined);
    const when = retryAfterMs === undefined ? "later" : `in ${Math.ceil(retryAfterMs / 1_000)} s or later`;
    const fix = `too many calls with this token: run the command again ${when}, or use a dedicated token`;
    return new HostFailure({ code: "review-rate-limited", message: said, found, fix }, true, retryAfterMs);
  }
  if (status >= 500) {
    const fix = "the host reports an internal error: run the command again later";
    const after = retryAfterOf(answer.header);
    return new HostFailure({ code: "review-host-failing", message: said, found, fix }, true, after);
  }
  if (status === 408) {
    const fix = "run the command again";
    return new HostFailure({ code: "review-host-unreachable", message: said, found, fix }, true);
  }
  const [code, fix] = refusalOf(status, call.host);
  return new HostFailure({ code, message: said, found, fix });
}

function refusalOf(status: number, host: HostName): readonly [code: ErrorCode, fix: string] {
  if (status === 401) return ["review-token-refused", `set a valid, unexpired token in ${TOKEN_NAMES[host]}`];
  if (status === 403) return ["review-forbidden", PERMISSIONS[host]];
  if (status === 404 || status === 410)
    return [
      "review-not-found",
      `check the repository and the number; a token without access to them gets the same answer: ${PERMISSIONS[host]}`,
    ];
  if (status === 400 || status === 413 || status === 422)
    return ["review-comment-refused", "the host rejects this comment: see its message"];
  if (status >= 300 && status < 400)
    return [
      "review-host-moved",
      "the repository or the API has moved, and the token is not sent to the new address: set --repository or --api-url to it",
    ];
  return ["review-host-unexpected", "check the address: it does not answer like the API of the host"];
}

/**
 * 429, or GitHub's 403 that names a rate limit.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
function isRateLimit({ status, header, text }: Answer): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    header("retry-after") !== undefined ||
    header("x-ratelimit-remaining") === "0" ||
    /\bsecondary rate limit\b/i.test(text)
  );
}

/** No answer, or an incomplete one. @param reason tokens masked */
export function unreachable(reason: string, { host, task, place }: Call): HostFailure {
  return new HostFailure(
    {
      code: "review-host-unreachable",
      message: `no answer from ${HOST_LABELS[host]} to "${task}" at ${place}: ${oneLine(reason)}`,
      fix: "check the network, the address of the API, HTTPS_PROXY and NO_PROXY",
    },
    true,
  );
}

/** A successful answer that is not what the API's documentation describes. */
export function unexpected(what: string, { host, task, place }: Call): HostFailure {
  return new HostFailure({
    code: "review-host-unexpected",
    message: `unexpected answer from ${HOST_LABELS[host]} to "${task}" at ${place}: ${oneLine(what)}`,
    fix: "check the address: --api-url names the API itself, such as https://github.example.com/api/v3",
  });
}
