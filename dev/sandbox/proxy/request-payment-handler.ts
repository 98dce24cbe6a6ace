import { headBucket } from "../moto/bucket-state";
import { element, noSuchBucket, sendFault, sendS3Document } from "../protocol/aws-fault";
import type { Handler } from "../protocol/exchange";

/**
 * GetBucketRequestPayment. moto does not have this setting, and would list the objects of the
 * bucket. The owner of a new bucket pays (Amazon S3 API Reference, GetBucketRequestPayment). The
 * sandbox does not support changing it.
 */
export const requestPayment: Handler = async (exchange) => {
  const { service, bucket, key, query, method } = exchange.call;
  const matches = service === "s3" && method === "GET" && query.has("requestPayment");
  if (!matches || bucket === undefined || key !== undefined || exchange.moto.ended() !== undefined)
    return false;
  exchange.request.resume();
  const { status } = await headBucket(exchange.moto, bucket);
  if (status === 404) sendFault(exchange.response, service, noSuchBucket(bucket));
  else sendS3Document(exchange.response, "RequestPaymentConfiguration", element("Payer", "BucketOwner"));
  return true;
};
