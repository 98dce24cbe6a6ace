import type { ErrorGroup } from "./error-group";

export const USAGE = {
  title: "Usage",
  guide: "usage.md",
  intro: "Errors of `usage`.",
  codes: {
    "usage-bucket-not-read": {
      cause: "The trail's bucket cannot be listed.",
      fix: "Check the bucket's name and the credentials: they need `s3:ListBucket` and `s3:GetObject`.",
    },
    "usage-lookup-failed": {
      cause: "CloudTrail did not answer LookupEvents.",
      fix: "Check the credentials: they need `cloudtrail:LookupEvents`.",
    },
  },
} as const satisfies ErrorGroup;
