import type { ErrorGroup } from "./error-group";

export const WATCH = {
  title: "Watch",
  guide: "watch.md",
  intro: "Errors of `watch`. A run that ends with one of them does not write its record.",
  codes: {
    "watch-record-contended": {
      cause: "Other runs of `watch` wrote the record of the account again and again.",
      fix: "Let one run at a time watch an account. What this run reported, the next one reports again.",
    },
    "watch-record-newer": {
      cause: "A newer release wrote the record of the last run.",
      fix: "Install that release, or a newer one.",
    },
    "watch-record-not-read": {
      cause: "The record of the last run is damaged, or is of another account.",
      fix: "Restore an earlier version of it. Or delete it: the next run then reports everything as new.",
    },
    "watch-record-unreachable": {
      cause: "S3 did not show or write the record of the last run.",
      fix: "Check the credentials: they need `s3:GetObject` and `s3:PutObject` on the record, and `s3:ListBucket` on its bucket. Or keep the record in a file with `--state`.",
    },
    "watch-webhook-failed": {
      cause: "The webhook did not accept the message, also after retries.",
      fix: "Check the address in `OIDC_WATCH_WEBHOOK`. The next run sends the same news.",
    },
    "watch-webhook-url": {
      cause: "`OIDC_WATCH_WEBHOOK` is not an https address.",
      fix: "Set it to the address of an incoming webhook of Slack, Mattermost or Teams.",
    },
  },
} as const satisfies ErrorGroup;
