import { type ErrorCode, ProjectError, type ProjectErrorOptions } from "../errors";
import { type Answer, oneLine, retryAfterOf, saidIn } from "../http/answer";
import type { HostName } from "./host";

/** A call to a host that did not succeed. */
export class HostFailure extends ProjectError {
  /** The same call may succeed later. Whether a write took effect is not known then. */
  readonly isPassing: boolean;
  /** What the host asks for, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(options: ProjectErrorOptions, isPassing = false, retryAfterMs?: number) {
    super(options);
    this.isPassing = isPassing;
    this.retryAfterMs = retryAfterMs;
  }
}

/** A call as an error tells of it. */
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
};

/**
 * What each host's documentation asks for; the pages stand at `github.ts`, `gitlab.ts` and
 * `bitbucket.ts`.
 */
const RIGHTS: Readonly<Record<HostName, string>> = {
  github:
    'a fine-grained or app token needs the repository permission "Pull requests: write" (`pull-requests: write`), a classic one the scope repo; the token of a fork\'s pipeline can only read',
  gitlab: "the token needs the scope api, and its user must be a member of the project who may comment",
  bitbucket:
    "an API token needs the scopes read:user:bitbucket, read:pullrequest:bitbucket and write:pullrequest:bitbucket, an access token Pull requests: write",
};

const TOKEN_NAMES: Readonly<Record<HostName, string>> = {
  github: "GH_TOKEN or GITHUB_TOKEN",
  gitlab: "GITLAB_TOKEN",
  bitbucket: "BITBUCKET_TOKEN (for an API token with BITBUCKET_EMAIL beside it)",
};

/** "Otherwise, wait for at least one minute": where `isRateLimit` is documented. */
const GITHUB_WAIT_MS = 60_000;

/** What an answer that is no success means. */
export function failureOf(answer: Answer, call: Call): HostFailure {
  const { status } = answer;
  const said = `${HOST_LABELS[call.host]} answered ${status} to "${call.task}" at ${call.place}${saidIn(answer.text)}`;
  const found = String(status);
  if (isRateLimit(answer)) {
    const retryAfterMs = retryAfterOf(answer.header) ?? (call.host === "github" ? GITHUB_WAIT_MS : undefined);
    const when = retryAfterMs === undefined ? "later" : `in ${Math.ceil(retryAfterMs / 1_000)} s or later`;
    const fix = `too many calls with this token: run it again ${when}, or use a token of its own for this`;
    return new HostFailure({ code: "review-rate-limited", message: said, found, fix }, true, retryAfterMs);
  }
  if (status >= 500) {
    const fix = "the host has a fault of its own: run it again later";
    const after = retryAfterOf(answer.header);
    return new HostFailure({ code: "review-host-failing", message: said, found, fix }, true, after);
  }
  if (status === 408) {
    const fix = "run it again";
    return new HostFailure({ code: "review-host-unreachable", message: said, found, fix }, true);
  }
  const [code, fix] = refusalOf(status, call.host);
  return new HostFailure({ code, message: said, found, fix });
}

function refusalOf(status: number, host: HostName): readonly [code: ErrorCode, fix: string] {
  if (status === 401)
    return ["review-token-refused", `put a token that is valid and not expired into ${TOKEN_NAMES[host]}`];
  if (status === 403) return ["review-forbidden", RIGHTS[host]];
  if (status === 404 || status === 410)
    return [
      "review-not-found",
      `check the repository and the number; the host says the same to a token that may not see them: ${RIGHTS[host]}`,
    ];
  if (status === 400 || status === 413 || status === 422)
    return ["review-comment-refused", "the host takes no such comment: its message says why"];
  if (status >= 300 && status < 400)
    return [
      "review-host-moved",
      "the repository or the API has moved, and a token is not sent after it: name the new place with --repository or --api-url",
    ];
  return [
    "review-host-unexpected",
    "see what is behind this address: it does not answer as the host's API does",
  ];
}

/**
 * 429, or GitHub's 403 with a sign of a limit.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function isRateLimit({ status, header, text }: Answer): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    header("retry-after") !== undefined ||
    header("x-ratelimit-remaining") === "0" ||
    /\bsecondary rate limit\b/i.test(text)
  );
}

/** No answer, or not all of it. @param reason tokens masked */
export function unreachable(reason: string, { host, task, place }: Call): HostFailure {
  return new HostFailure(
    {
      code: "review-host-unreachable",
      message: `no answer of ${HOST_LABELS[host]} to "${task}" at ${place}: ${oneLine(reason)}`,
      fix: "check the network and the address of the API; HTTPS_PROXY is not used for these calls",
    },
    true,
  );
}

/** An answer of success that is not what the API's documentation says. */
export function unexpected(what: string, { host, task, place }: Call): HostFailure {
  return new HostFailure({
    code: "review-host-unexpected",
    message: `what ${HOST_LABELS[host]} answered to "${task}" at ${place} is not of its API: ${oneLine(what)}`,
    fix: "see what is behind this address: --api-url has to name the API itself, such as https://github.example.com/api/v3",
  });
}
