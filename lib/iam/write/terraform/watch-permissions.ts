import type { Account } from "../../../config/model/model";
import { WATCH_RECORD_KEY } from "../../../config/rules/watch-record";
import type { PolicyStatement } from "../../language/document";
import type { Managed } from "./managed";

/** What tells who gets into a bucket, and whether it exists (lib/live/read). */
const READ_BUCKET_ACTIONS = [
  "s3:GetBucketOwnershipControls",
  "s3:GetBucketPolicy",
  "s3:GetBucketPublicAccessBlock",
  "s3:GetBucketVersioning",
] as const;

/**
 * Everything that `watch` calls (docs/watch.md, Permissions). IAM's listings and CloudTrail's event
 * history have no resources to choose from (Service Authorization Reference, AWS IAM, AWS
 * CloudTrail). Roles and providers of others are read too: those that trust CircleCI are what it
 * looks for. Of objects, its record alone.
 */
export function watchStatements(
  { stateBucket, buckets }: Managed,
  { id, partition }: Account,
): readonly PolicyStatement[] {
  const iam = (resource: string): string => `arn:${partition}:iam::${id}:${resource}`;
  return [
    {
      Sid: "ListAccount",
      Effect: "Allow",
      Action: [
        "cloudtrail:LookupEvents",
        "iam:GetAccountAuthorizationDetails",
        "iam:ListOpenIDConnectProviders",
      ],
      Resource: "*",
    },
    {
      Sid: "ReadRolesAndProviders",
      Effect: "Allow",
      Action: ["iam:GetOpenIDConnectProvider", "iam:GetRole"],
      Resource: [iam("oidc-provider/*"), iam("role/*")],
    },
    {
      Sid: "ReadBucketSettings",
      Effect: "Allow",
      Action: READ_BUCKET_ACTIONS,
      Resource: [stateBucket, ...buckets],
    },
    { Sid: "FindRecord", Effect: "Allow", Action: "s3:ListBucket", Resource: stateBucket },
    {
      Sid: "KeepRecord",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: `${stateBucket}/${WATCH_RECORD_KEY}`,
    },
  ];
}
