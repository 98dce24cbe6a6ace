import type { BucketPolicies } from "../account/bucket-policies";
import { headBucket } from "../moto/bucket-state";
import type { Exchange, Handler } from "../protocol/exchange";
import { forward } from "./forward";

/** Deletes the policy of a bucket with the bucket. */
export function bucketLifetime(policies: BucketPolicies): Handler {
  return async (exchange) => {
    const { method, service, bucket, key, query } = exchange.call;
    if (service !== "s3" || bucket === undefined || key !== undefined || !isWholeBucket(query)) return false;
    if (method === "DELETE") {
      await policies.serialize(bucket, () =>
        forward(exchange, (status) => isSuccess(status) && policies.delete(bucket)),
      );
      return true;
    }
    if (method === "PUT") {
      await policies.serialize(bucket, () => create(exchange, policies, bucket));
      return true;
    }
    return false;
  };
}

/**
 * Creating a bucket that the caller owns changes nothing, and keeps its policy. A new bucket has no
 * policy.
 */
async function create(exchange: Exchange, policies: BucketPolicies, bucket: string): Promise<void> {
  // The deletion is unknown if its client disconnected before moto responded.
  if (policies.get(bucket) !== undefined && exchange.moto.ended() === undefined) {
    if ((await headBucket(exchange.moto, bucket)).status === 404) policies.delete(bucket);
  }
  await forward(exchange);
}

/**
 * Calls on subresources (`?versioning`, `?policy`, …) do not create or delete the bucket. `x-id`
 * and the parameters of signatures are not subresources.
 */
function isWholeBucket(query: URLSearchParams): boolean {
  return [...query.keys()].every((name) => name === "x-id" || /^x-amz-/i.test(name));
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
