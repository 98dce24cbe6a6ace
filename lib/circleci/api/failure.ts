import { type ErrorCode, ProjectError } from "../../errors";
import { type Answer, oneLine, retryAfterOf, saidIn } from "../../http/answer";
import type { Failures } from "../../http/json-client";

/** A call as an error tells of it. */
export interface CircleCall {
  /** Such as `read the project`. */
  readonly task: string;
  /** Such as `gh/acme/website`. */
  readonly place: string;
}

const NEW_TOKEN =
  "put a personal API token that is valid into CIRCLE_TOKEN: https://app.circleci.com/settings/user/tokens (project tokens, and some made before 2023-06-23, are not taken by API v2)";

/**
 * How calls of CircleCI's API end that do not succeed: `circleci-token-refused` (401),
 * `circleci-forbidden` (403), `circleci-not-found` (404), `circleci-rate-limited` (429),
 * `circleci-failing` (5xx), `circleci-moved` (3xx), `circleci-unexpected` (any other answer),
 * `circleci-unreachable` (none, or not in time). Responses of
 * https://circleci.com/api/v2/openapi.json; limits:
 * https://circleci.com/docs/guides/toolkit/api-developers-guide/#rate-limits
 */
export const circleFailures: Failures<CircleCall> = {
  answered: (answer, { task, place }) => {
    const { code, fix } = meaningOf(answer);
    return new ProjectError({
      code,
      message: `CircleCI answered ${answer.status} to "${task}" at ${place}${saidIn(answer.text)}`,
      found: String(answer.status),
      fix,
    });
  },
  unreachable: (reason, { task, place }) =>
    new ProjectError({
      code: "circleci-unreachable",
      message: `no answer of CircleCI to "${task}" at ${place}: ${oneLine(reason)}`,
      fix: "check the network, https://status.circleci.com, HTTPS_PROXY and NO_PROXY, and CIRCLE_URL if you have set it",
    }),
};

function meaningOf({ status, header }: Answer): { readonly code: ErrorCode; readonly fix: string } {
  if (status === 401) return { code: "circleci-token-refused", fix: NEW_TOKEN };
  if (status === 403)
    return {
      code: "circleci-forbidden",
      fix: "the token's user lacks permission: use the token of a member of the organization",
    };
  if (status === 404)
    return {
      code: "circleci-not-found",
      fix: "check the name; CircleCI says the same to a token that may not see it. A project of CircleCI's GitHub App or of GitLab is named circleci/<organization>/<project>: CircleCI → Project Settings → Overview",
    };
  if (status === 429) {
    const ms = retryAfterOf(header);
    const when = ms === undefined ? "in a few minutes" : `in ${Math.ceil(ms / 1_000)} s or later`;
    return { code: "circleci-rate-limited", fix: `too many calls with this token: run it again ${when}` };
  }
  if (status >= 500)
    return {
      code: "circleci-failing",
      fix: "CircleCI has a fault of its own: see https://status.circleci.com, and run it again later",
    };
  if (status === 408) return { code: "circleci-unreachable", fix: "run it again" };
  if (status >= 300 && status < 400)
    return {
      code: "circleci-moved",
      fix: "a token is not sent after a redirect: name the place itself in CIRCLE_URL",
    };
  return { code: "circleci-unexpected", fix: UNEXPECTED };
}

const UNEXPECTED =
  "see what is behind this address (CIRCLE_URL): it does not answer as CircleCI's API v2 does";

/** An answer of success that is not what the API's description says. */
export function unexpectedAnswer(what: string, { task, place }: CircleCall): ProjectError {
  return new ProjectError({
    code: "circleci-unexpected",
    message: `what CircleCI answered to "${task}" at ${place} is not of its API: ${oneLine(what)}`,
    fix: UNEXPECTED,
  });
}
