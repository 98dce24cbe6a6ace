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
    "usage-not-judged": {
      cause: "`--suggest` cannot tell what was never used: the records do not cover the accounts.",
      fix: "Read the logs of every account, with its region and `us-east-1`, without a file that is not read.",
    },
    "usage-not-narrower": {
      cause:
        "`--suggest` wrote nothing, because the engine did not prove that the new access.yaml grants no more than the old one.",
      fix: "Narrow the role by hand, and let `review` compare.",
    },
  },
} as const satisfies ErrorGroup;
