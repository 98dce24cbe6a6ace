import type { ErrorGroup } from "./error-group";

export const SETUP = {
  title: "Setup and AWS",
  guide: "operations.md",
  intro: "Errors of `init`, `ids`, `doctor`, `bootstrap` and `unlock`, and of AWS credentials.",
  codes: {
    "no-credentials": {
      cause: "AWS does not identify the caller.",
      fix: "Sign in (`aws sso login`, or `AWS_PROFILE`), and check with `aws sts get-caller-identity`.",
    },
    "already-granted": {
      cause: "`grant` would write an end for a person who may assume the role without one.",
      fix: "Nothing needs to be done; to let the access end, write `until` at the entry in access.yaml.",
    },
    "aws-unreachable": {
      cause: "AWS STS did not answer: there is no connection.",
      fix: "Check the network connection, `HTTPS_PROXY` and `AWS_ENDPOINT_URL`.",
    },
    "proxy-unusable": {
      cause: "A proxy variable of the environment has an invalid value.",
      fix: "Set `HTTPS_PROXY` to `http://host:port` or `https://host:port`, or unset it.",
    },
    "proxy-unreachable": {
      cause: "There is no connection to the proxy that the environment names.",
      fix: "Check `HTTPS_PROXY` and `HTTP_PROXY`, or unset them where no proxy is needed.",
    },
    "proxy-authentication": {
      cause: "The proxy demands authentication, or does not accept the user and password.",
      fix: "Set `HTTPS_PROXY` to `http://USER:PASSWORD@host:port`, special characters percent-encoded.",
    },
    "proxy-refused": {
      cause: "The proxy does not allow a connection to the host.",
      fix: "Ask for the host to be allowed, or name it in `NO_PROXY` if it can be reached directly.",
    },
    "ca-unreadable": {
      cause: "`NODE_EXTRA_CA_CERTS` or `AWS_CA_BUNDLE` names a file without certificates.",
      fix: "Set the variable to a PEM file with your company's certificate authority, or unset it.",
    },
    "ca-unknown": {
      cause: "A server's certificate is signed by an unknown authority.",
      fix: "If it is your company's, set `NODE_EXTRA_CA_CERTS` or `AWS_CA_BUNDLE` to a PEM file with it.",
    },
    "init-incomplete": {
      cause: "`init` could not find every value, and this is not a terminal.",
      fix: "Pass the options that the message lists, or set `CIRCLE_TOKEN` and AWS credentials.",
    },
    "init-wrong-answer": {
      cause: "An answer or option of `init` has an invalid value.",
      fix: "Correct it as the message says.",
    },
    "ids-other-organization": {
      cause: "access.yaml has another organization ID than CircleCI reports.",
      fix: "Check `--project`; `--replace` writes CircleCI's ID.",
    },
    "ids-other-project": {
      cause: "access.yaml has another project ID than CircleCI reports.",
      fix: "Check `--project`; `--replace` writes CircleCI's ID.",
    },
    "unknown-region": {
      cause: "The AWS SDK of this project does not know the region.",
      fix: "Check the region's name, or update `@aws-sdk/client-s3`.",
    },
    "state-bucket-in-use": {
      cause: "The state bucket existed before and has settings that its stack would replace.",
      fix: "Choose another bucket name, or remove those settings first.",
    },
    "state-bucket-not-ours": {
      cause: "The state bucket belongs to another account, or the caller may not access it.",
      fix: "Choose another bucket name, or give the caller `s3:ListBucket` on it.",
    },
    "state-bucket-elsewhere": {
      cause: "The state bucket is in another region than the account's.",
      fix: "Set the account's `region` to the bucket's, or choose another bucket name.",
    },
    "state-bucket-missing": {
      cause: "The state bucket does not exist, so the account has no state.",
      fix: "Create it with `npm run bootstrap`.",
    },
    "state-bucket-unreadable": {
      cause: "S3 does not say whether the state bucket exists.",
      fix: "Try again; then check the connection and the permission `s3:ListBucket`.",
    },
    "state-bucket-refused": {
      cause: "The credentials may not read the state bucket.",
      fix: "Use credentials that may list the bucket, and read and delete objects in it.",
    },
    "state-stack-not-deployed": {
      cause: "`bootstrap` created the state bucket, and the deploy of its stack failed.",
      fix: "Resolve Terraform's error and run `bootstrap` again.",
    },
    "lock-changed": {
      cause: "The state lock is not the one that was shown: another run has taken it.",
      fix: "Wait for that run, then look again.",
    },
    "unreadable-lock": {
      cause: "The lock object in the state bucket was not written by Terraform.",
      fix: "Look at the object before you delete it.",
    },
  },
} as const satisfies ErrorGroup;
