import type { ErrorGroup } from "./error-group";

export const CIRCLECI = {
  title: "CircleCI and generated pipelines",
  guide: "pipeline.md",
  intro: "Errors of calls to CircleCI's API and of `pipeline`.",
  codes: {
    "circleci-token-missing": {
      cause: "`CIRCLE_TOKEN` is not set.",
      fix: "Create a personal API token and put it into the environment.",
    },
    "circleci-token-malformed": {
      cause: "`CIRCLE_TOKEN` does not hold a token.",
      fix: "Copy the token again, without quotation marks or line breaks.",
    },
    "circleci-token-refused": {
      cause: "CircleCI does not accept the token.",
      fix: "Create a new personal API token.",
    },
    "circleci-forbidden": {
      cause: "The token's user lacks the permission.",
      fix: "Use the token of a member of the organization.",
    },
    "circleci-not-found": {
      cause: "CircleCI does not find the resource, or the token may not see it.",
      fix: "Check the name and the token's user.",
    },
    "circleci-rate-limited": {
      cause: "CircleCI limits the calls of this token.",
      fix: "Run the command again later.",
    },
    "circleci-failing": {
      cause: "CircleCI answered with a server error.",
      fix: "See https://status.circleci.com, and run the command again later.",
    },
    "circleci-moved": {
      cause: "CircleCI answered with a redirect; the token is not sent after it.",
      fix: "Set `CIRCLE_URL` to the new address.",
    },
    "circleci-unreachable": { cause: "CircleCI did not answer.", fix: "Check the network and `CIRCLE_URL`." },
    "circleci-unexpected": {
      cause: "The answer is not one of CircleCI's API.",
      fix: "Check which server `CIRCLE_URL` names.",
    },
    "circleci-url": {
      cause: "`CIRCLE_URL` is not an address that a token may be sent to.",
      fix: "Write `https://host`, without user, password and query.",
    },
    "circleci-slug": {
      cause: "The value is not a CircleCI project slug.",
      fix: "Copy the slug from CircleCI → Project Settings → Overview.",
    },
    "circleci-slug-unknown": {
      cause: "The CircleCI project cannot be derived from the git remote.",
      fix: "Pass `--project`.",
    },
    "pipeline-clash": {
      cause: "The existing configuration has a job, workflow or parameter of a generated name.",
      fix: "Rename yours, or write to another file with `--file`.",
    },
    "pipeline-never-runs": {
      cause:
        "A job waits for one that AWS denies to one of its people, or that does not run on one of its refs, so CircleCI would skip it.",
      fix: "Give the other job those people and refs, or remove it from `pipeline.after`.",
    },
    "pipeline-unknown-job": {
      cause: "`pipeline.after` names neither a role of the project nor a job of the workflow.",
      fix: "Correct the name. If it is a job of your configuration, pass that with `--file`.",
    },
    "pipeline-unknown-workflow": {
      cause: "`pipeline.workflow` names a workflow that the configuration does not have.",
      fix: "Name one of its workflows, or remove `pipeline.workflow`.",
    },
    "pipeline-filter-undetermined": {
      cause: "It cannot be determined on which refs a job of the configuration runs.",
      fix: "Write its filters as names, as patterns such as `/release\\/.*/`, or as comparisons of `pipeline.git.branch`.",
    },
    "pipeline-out-of-date": {
      cause: "The committed pipeline is not what access.yaml generates.",
      fix: "Run `pipeline --write` and commit the file.",
    },
    "pipeline-is-setup": {
      cause: "The file is a setup configuration, which may run one workflow only.",
      fix: "Pass the continuation configuration with `--file`.",
    },
    "pipeline-not-read": {
      cause: "The existing configuration cannot be read or edited.",
      fix: "Follow the message: it names what has to be written differently. Or write to another file with `--file`.",
    },
    "ref-not-expressible": {
      cause: "A branch or tag cannot be written in a CircleCI filter expression.",
      fix: "Rename the branch or tag without quotes and `<<`.",
    },
  },
} as const satisfies ErrorGroup;
