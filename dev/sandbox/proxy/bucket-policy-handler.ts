import type { BucketPolicies } from "../account/bucket-policies";
import { readBucketPolicy } from "../account/bucket-policy-document";
import { isPublic } from "../account/public-policy";
import { header } from "../http/headers";
import { headBucket } from "../moto/bucket-state";
import {
  type AwsFault,
  element,
  noSuchBucket,
  send,
  sendFault,
  sendS3Document,
  unavailable,
} from "../protocol/aws-fault";
import type { Exchange, Handler } from "../protocol/exchange";
import { readSmallBody } from "../protocol/small-body";

/**
 * Maximum size of a PutBucketPolicy body: the policy, its chunk signatures and trailers. The rest
 * of a longer body is read and discarded.
 */
const MAX_POLICY_BODY_BYTES = 1024 * 1024;

/**
 * PutBucketPolicy, GetBucketPolicy, DeleteBucketPolicy and GetBucketPolicyStatus. moto never gets a
 * bucket policy, because it applies every Deny statement to all callers, regardless of Condition
 * and Principal.
 */
export function bucketPolicyHandler(policies: BucketPolicies, accountId: string): Handler {
  const dependencies = { policies, accountId };
  return async (exchange) => {
    const { service, bucket, key, query, method } = exchange.call;
    const status = query.has("policyStatus");
    if (service !== "s3" || key !== undefined || !(status || query.has("policy"))) return false;
    if (method === "HEAD" || method === "OPTIONS") return false;
    if (bucket === undefined || !(status ? ["GET"] : ["GET", "PUT", "DELETE"]).includes(method)) {
      exchange.request.resume();
      fault(exchange, METHOD_NOT_ALLOWED);
      return true;
    }
    if (method === "PUT") await put(exchange, dependencies, bucket);
    else await readOrDelete(exchange, dependencies, bucket, status);
    return true;
  };
}

interface Dependencies {
  readonly policies: BucketPolicies;
  /** Owner of all buckets. */
  readonly accountId: string;
}

async function put(exchange: Exchange, { policies, accountId }: Dependencies, bucket: string): Promise<void> {
  const text = await readSmallBody(exchange, MAX_POLICY_BODY_BYTES).catch(() => undefined);
  // The client disconnected before the end of the body.
  if (text === undefined) return;
  await policies.serialize(bucket, async () => {
    const refused = await bucketFault(exchange, bucket, accountId);
    if (refused !== undefined) return fault(exchange, refused);
    if (text === "tooLarge")
      return fault(exchange, malformed("Policy exceeds the maximum allowed document size."));
    if (!Buffer.isBuffer(text)) return fault(exchange, text);
    const policy = readBucketPolicy(bucket, text);
    if ("malformed" in policy) return fault(exchange, malformed(policy.malformed));
    policies.set(bucket, text);
    send(exchange.response, 204);
  });
}

async function readOrDelete(
  exchange: Exchange,
  { policies, accountId }: Dependencies,
  bucket: string,
  status: boolean,
): Promise<void> {
  exchange.request.resume();
  const refused = await bucketFault(exchange, bucket, accountId);
  if (refused !== undefined) return fault(exchange, refused);
  if (exchange.call.method === "DELETE") {
    await policies.serialize(bucket, async () => policies.delete(bucket));
    return send(exchange.response, 204);
  }
  const text = policies.get(bucket);
  if (text === undefined) {
    const message = "The bucket policy does not exist";
    return fault(exchange, {
      status: 404,
      code: "NoSuchBucketPolicy",
      message,
      details: { BucketName: bucket },
    });
  }
  if (!status) return send(exchange.response, 200, "application/json", text);
  const policy = readBucketPolicy(bucket, text);
  const answer = element("IsPublic", String("malformed" in policy || isPublic(policy)));
  sendS3Document(exchange.response, "PolicyStatus", answer);
}

/** The error for any call on this bucket, if there is one. */
async function bucketFault(
  exchange: Exchange,
  bucket: string,
  accountId: string,
): Promise<AwsFault | undefined> {
  const found = exchange.moto.ended() === undefined ? await statusOf(headBucket(exchange.moto, bucket)) : 503;
  if (found === 404) return noSuchBucket(bucket);
  if (found >= 500) return unavailable(exchange.moto.ended() ?? "moto failed");
  const owner = header(exchange.request, "x-amz-expected-bucket-owner");
  if (found >= 400 || (owner !== undefined && owner !== accountId)) {
    return { status: 403, code: "AccessDenied", message: "Access Denied", details: { BucketName: bucket } };
  }
  return undefined;
}

function statusOf(head: ReturnType<typeof headBucket>): Promise<number> {
  return head.then(
    ({ status }) => status,
    () => 503,
  );
}

function fault(exchange: Exchange, problem: AwsFault): void {
  sendFault(exchange.response, "s3", problem);
}

function malformed(message: string): AwsFault {
  return { status: 400, code: "MalformedPolicy", message };
}

const METHOD_NOT_ALLOWED: AwsFault = {
  status: 405,
  code: "MethodNotAllowed",
  message: "The specified method is not allowed against this resource.",
};
