import type { BucketPolicies } from "../account/bucket-policies";
import { headBucket } from "../moto/bucket-state";
import type { Exchange, Handler } from "../protocol/exchange";
import { forward } from "./forward";

/** Lets a policy live no longer than its bucket: watches buckets being deleted and created. */
export function bucketLifetime(policies: BucketPolicies): Handler {
  return async (exchange) => {
    const { method, service, bucket, key, query } = exchange.call;
    if (service !== "s3" || bucket === undefined || key !== undefined || !isWholeBucket(query)) return false;
    if (method === "DELETE") {
      await policies.inTurn(bucket, () =>
        forward(exchange, (status) => isSuccess(status) && policies.forget(bucket)),
      );
      return true;
    }
    if (method === "PUT") {
      await policies.inTurn(bucket, () => create(exchange, policies, bucket));
      return true;
    }
    return false;
  };
}

/**
 * Creating a bucket that one has already changes nothing, its policy included; a bucket that is
 * really new has none.
 */
async function create(exchange: Exchange, policies: BucketPolicies, bucket: string): Promise<void> {
  // Its deletion may have gone unseen: a client that hung up before moto answered.
  if (policies.get(bucket) !== undefined && exchange.moto.ended() === undefined) {
    if ((await headBucket(exchange.moto, bucket)).status === 404) policies.forget(bucket);
  }
  await forward(exchange);
}

/**
 * Subresources (`?versioning`, `?policy`, …) leave the bucket itself alone; `x-id` and signatures
 * are no subresources.
 */
function isWholeBucket(query: URLSearchParams): boolean {
  return [...query.keys()].every((name) => name === "x-id" || /^x-amz-/i.test(name));
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
