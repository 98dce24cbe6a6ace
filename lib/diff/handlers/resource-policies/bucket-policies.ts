import { type Bucket, bucketPartAt } from "../../context/buckets";
import { compareReadings } from "./comparison";
import { type PolicyOwner, policyAt } from "./owner";
import { policyHandler } from "./policy-changes";

/** Who may do what with a bucket by its own policy. */
export const bucketPolicies = policyHandler({
  name: "bucket-policies",
  comparison: "buckets",
  itemsIn: ({ buckets, reader }) =>
    buckets.map((bucket) => {
      const owner = ownerOf(bucket);
      return {
        owner,
        readAt: (snapshot) => reader.read(policyAt(owner, snapshot)),
        compare: (before, after, context) => compareReadings(owner.name, before, after, context),
      };
    }),
});

function ownerOf(bucket: Bucket): PolicyOwner {
  return {
    aspect: "bucket-policy",
    name: bucket.name,
    attribute: "policy",
    isThereAt: (snapshot) =>
      !bucket.parts.has("aws_s3_bucket") || bucketPartAt(bucket, "aws_s3_bucket", snapshot) !== undefined,
    parts: ["aws_s3_bucket_policy", "aws_s3_bucket"].flatMap((type) => bucket.parts.get(type) ?? []),
    holderAt: (snapshot) => bucketPartAt(bucket, "aws_s3_bucket", snapshot),
    separateAt: (snapshot) => bucketPartAt(bucket, "aws_s3_bucket_policy", snapshot),
    policyIn: ({ at }, snapshot) => at[snapshot]?.policy,
  };
}
