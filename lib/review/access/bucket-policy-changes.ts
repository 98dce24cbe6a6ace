import type { AccessChange } from "../model/access-change";
import { type Bucket, bucketPartAt } from "./buckets";
import type { PolicyOwner } from "./policy-owner";
import { resourcePolicyChangesOf } from "./resource-policy-changes";
import type { Scene, Step } from "./scene";

/** Who may do what with a bucket by its own policy, before and after. */
export function bucketPolicyChangesOf(bucket: Bucket, step: Step, scene: Scene): readonly AccessChange[] {
  return resourcePolicyChangesOf(ownerOf(bucket), step, scene);
}

function ownerOf(bucket: Bucket): PolicyOwner {
  return {
    aspect: "bucket-policy",
    name: bucket.name,
    attribute: "policy",
    isHeld: bucket.parts.has("aws_s3_bucket"),
    parts: ["aws_s3_bucket_policy", "aws_s3_bucket"].flatMap((type) => bucket.parts.get(type) ?? []),
    holderAt: (moment) => bucketPartAt(bucket, "aws_s3_bucket", moment),
    separateAt: (moment) => bucketPartAt(bucket, "aws_s3_bucket_policy", moment),
    policyIn: ({ at }, moment) => at[moment]?.policy,
  };
}
