import { headBucket } from "../moto/bucket-state";
import { element, noSuchBucket, sendFault, sendS3Document } from "../protocol/aws-fault";
import type { Handler } from "../protocol/exchange";

/**
 * GetBucketRequestPayment, answered here: moto has no such setting and would list the bucket's
 * objects instead. A new bucket's owner pays (Amazon S3 API Reference, GetBucketRequestPayment),
 * and nobody can change that here.
 */
export const requestPayment: Handler = async (exchange) => {
  const { service, bucket, key, query, method } = exchange.call;
  const asked = service === "s3" && method === "GET" && query.has("requestPayment");
  if (!asked || bucket === undefined || key !== undefined || exchange.moto.ended() !== undefined)
    return false;
  exchange.request.resume();
  const { status } = await headBucket(exchange.moto, bucket);
  if (status === 404) sendFault(exchange.response, service, noSuchBucket(bucket));
  else sendS3Document(exchange.response, "RequestPaymentConfiguration", element("Payer", "BucketOwner"));
  return true;
};
