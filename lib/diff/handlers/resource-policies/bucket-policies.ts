import { type Bucket, bucketPartAt } from "../../context/buckets";
import type { PlanContext, Step } from "../../context/plan-context";
import type { AccessChange } from "../../model/access-change";
import { compareReadings } from "./comparison";
import { type PolicyOwner, policyAt } from "./owner";
import { resourcePolicyChangesOf } from "./policy-changes";

/** Who may do what with a bucket by its own policy, before and after. */
export function bucketPolicyChangesOf(
  bucket: Bucket,
  step: Step,
  context: PlanContext,
): readonly AccessChange[] {
  const owner = ownerOf(bucket);
  return resourcePolicyChangesOf(owner, step, {
    readAt: (snapshot) => context.reader.read(policyAt(owner, snapshot)),
    compare: (before, after) => compareReadings(owner.name, before, after),
  });
}

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
