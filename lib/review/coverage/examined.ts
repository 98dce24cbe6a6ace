import { awsTypes } from "./type-list";

/** How a type is examined: which comparison looks at its resources (docs/review/access.md). */
export const COMPARISONS = ["roles", "oidc-providers", "buckets"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/**
 * Types whose resources are compared before and after; what of them can matter for access is compared, or told as unknown. A type may have
 * several comparisons.
 */
export const EXAMINED: Readonly<Record<Comparison, readonly string[]>> = {
  roles: awsTypes(`
    iam_role iam_role_policy iam_role_policy_attachment iam_policy_attachment iam_role_policies_exclusive
    iam_role_policy_attachments_exclusive iam_policy
  `),
  "oidc-providers": awsTypes("iam_openid_connect_provider"),
  buckets: awsTypes(`
    s3_bucket s3_bucket_policy s3_bucket_acl s3_bucket_ownership_controls s3_bucket_public_access_block
    s3_account_public_access_block
  `),
};
