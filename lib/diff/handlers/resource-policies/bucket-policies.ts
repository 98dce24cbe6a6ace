import { type Bucket, bucketPartAt } from "../../context/buckets";
import type { Scene, Step } from "../../context/plan-context";
import type { AccessChange } from "../../model/access-change";
import { compareReadings } from "./comparison";
import { type PolicyOwner, policyAt } from "./owner";
import { resourcePolicyChangesOf } from "./policy-changes";

/** Who may do what with a bucket by its own policy, before and after. */
export function bucketPolicyChangesOf(bucket: Bucket, step: Step, scene: Scene): readonly AccessChange[] {
  const owner = ownerOf(bucket);
  return resourcePolicyChangesOf(owner, step, {
    readAt: (moment) => scene.reader.read(policyAt(owner, moment)),
    compare: (before, after) => compareReadings(owner.name, before, after),
  });
}

function ownerOf(bucket: Bucket): PolicyOwner {
  return {
    aspect: "bucket-policy",
    name: bucket.name,
    attribute: "policy",
    isThereAt: (moment) =>
      !bucket.parts.has("aws_s3_bucket") || bucketPartAt(bucket, "aws_s3_bucket", moment) !== undefined,
    parts: ["aws_s3_bucket_policy", "aws_s3_bucket"].flatMap((type) => bucket.parts.get(type) ?? []),
    holderAt: (moment) => bucketPartAt(bucket, "aws_s3_bucket", moment),
    separateAt: (moment) => bucketPartAt(bucket, "aws_s3_bucket_policy", moment),
    policyIn: ({ at }, moment) => at[moment]?.policy,
  };
}
