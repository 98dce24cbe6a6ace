/**
 * The statements of a role with the bucket of `aBucket`, in the order in which they are written.
 */
export const LIST_BUCKET = {
  Sid: "ListOwnBucket",
  Effect: "Allow",
  Action: ["s3:ListBucket", "s3:ListBucketMultipartUploads"],
  Resource: "arn:aws:s3:::acme-website",
};
export const USE_OBJECTS = {
  Sid: "UseObjectsInIt",
  Effect: "Allow",
  Action: [
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
  ],
  Resource: "arn:aws:s3:::acme-website/*",
};
