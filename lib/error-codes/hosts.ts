import type { ErrorGroup } from "./error-group";

export const HOSTS = {
  title: "Comments on pull requests",
  guide: "review/comment.md",
  intro: "Errors of `review --post` and of the hosts' APIs.",
  codes: {
    "review-host": {
      cause: "The kind of git host cannot be derived from the address.",
      fix: "Pass `--host`.",
    },
    "review-repository": {
      cause: "The repository is unknown, or is not one of the host.",
      fix: "Pass `--repository` in the form that the message names.",
    },
    "review-pull-request": {
      cause: "The pull request is unknown, or several are open for the commit.",
      fix: "Pass `--pull-request`.",
    },
    "review-commit": {
      cause: "The commit is not a full hash.",
      fix: "Pass the hash of `git rev-parse HEAD`.",
    },
    "review-commit-unknown": { cause: "The commit of the review is unknown.", fix: "Pass `--commit`." },
    "review-run": {
      cause: "The order of runs has an invalid form.",
      fix: "In CircleCI leave `--run` out; elsewhere pass a number that grows with each run.",
    },
    "review-run-unknown": {
      cause: "The order of runs is unknown: `CIRCLE_BUILD_NUM` is not set.",
      fix: "Pass `--run` with a number that grows with each run.",
    },
    "review-key": { cause: "The key of the comment is empty or too long.", fix: "Use a shorter name." },
    "review-api-url": {
      cause: "The API address is not an `https` URL without user, password and query.",
      fix: "Write it as `https://github.example.com/api/v3`.",
    },
    "review-api-not-chosen": {
      cause: "The pull request is at a host that no option names, so no token is sent to it.",
      fix: "Pass `--api-url`.",
    },
    "review-api-elsewhere": {
      cause: "The pull request and `--api-url` are at different hosts.",
      fix: "Name the API of the pull request's host, or leave `--api-url` out.",
    },
    "review-token-missing": {
      cause: "No token to post with is set.",
      fix: "Set the variable that the message names in a context or in the project's environment variables.",
    },
    "review-token-malformed": {
      cause: "The variable does not hold a token.",
      fix: "Set it again, without quotation marks or line breaks.",
    },
    "review-token-refused": {
      cause: "The host does not accept the token.",
      fix: "Use a valid token that has not expired.",
    },
    "review-account-unknown": {
      cause: "Bitbucket does not identify the token's user, so own comments cannot be recognized.",
      fix: "Set `BITBUCKET_ACCOUNT_UUID`, or use an API token.",
    },
    "review-forbidden": {
      cause: "The token lacks a permission.",
      fix: "Give the token the permissions that the message names.",
    },
    "review-not-found": {
      cause: "The host does not find the pull request, or the token may not see it.",
      fix: "Check the repository, the number and the token's permissions.",
    },
    "review-rate-limited": {
      cause: "The host limits the calls of this token.",
      fix: "Run the command again later, or use a token of its own.",
    },
    "review-host-failing": {
      cause: "The host answered with a server error.",
      fix: "Run the command again later.",
    },
    "review-host-unreachable": {
      cause: "The host did not answer.",
      fix: "Check the network, and run the command again.",
    },
    "review-host-moved": {
      cause: "The host answered with a redirect; the token is not sent after it.",
      fix: "Name the new place with `--repository` or `--api-url`.",
    },
    "review-host-unexpected": {
      cause: "The answer is not one of the host's API.",
      fix: "Check which server `--api-url` names.",
    },
    "review-comment-refused": {
      cause: "The host does not accept the comment.",
      fix: "Read the host's message.",
    },
    "review-comment-too-long": {
      cause: "The comment is longer than the host allows.",
      fix: "Shorten the review before it is posted.",
    },
    "review-comment-contended": {
      cause: "Another program kept changing the comment.",
      fix: "Check whether another project uses the same key, or the same job runs several times at once.",
    },
    "review-hide-unsupported": {
      cause: "The host cannot hide comments.",
      fix: "Update the old comment instead.",
    },
    "review-quick-action": {
      cause: "A line of the comment would be a GitLab quick action, so it was not posted.",
      fix: "Report it: this is an error in this project.",
    },
  },
} as const satisfies ErrorGroup;
