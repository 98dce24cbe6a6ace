/** Headers and request line: a web identity token of 20,000 characters may stand in a query. */
export const MAX_HEADER_BYTES = 128 * 1024;

/**
 * A bucket policy's most bytes.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
 */
export const MAX_POLICY_BYTES = 20 * 1024;

/**
 * A policy's body on the wire: the policy, its chunk signatures and trailers. More is read, and
 * dropped.
 */
export const MAX_POLICY_BODY_BYTES = 1024 * 1024;
