/** The one lifecycle rule that our buckets have. */
export const LIFECYCLE_RULE = "expire-old-versions";
