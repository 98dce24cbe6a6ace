/** The one lifecycle rule that our buckets have. */
export const LIFECYCLE_RULE = "expire-old-versions";

/** Parts of an upload that nobody finished cost money and serve nobody. */
export const DAYS_TO_FINISH_AN_UPLOAD = 7;
