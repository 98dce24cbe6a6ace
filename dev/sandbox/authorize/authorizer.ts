import { ProjectError } from "../../../lib/errors";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import type { BucketPolicies } from "../account/bucket-policies";
import { type BucketHead, headBucket, restrictsPublicBuckets } from "../moto/bucket-state";
import { type AwsFault, noSuchBucket } from "../protocol/aws-fault";
import type { Exchange } from "../protocol/exchange";
import type { ContextKeys } from "./context-keys";
import { compilePermissions, type DecidePermission, type Requester } from "./decide-permission";
import type { DecisionLog } from "./decision-log";
import { accessDenied } from "./denial";
import type { RequiredPermission } from "./required-permission";

/** The policy decision point for S3 calls and calls of role sessions. */
export interface Authorizer {
  /** Prepares the decisions on one call, which can require several permissions. */
  readonly forCall: (exchange: Exchange, requester: Requester, contextKeys: ContextKeys) => CallAuthorizer;
}

export interface CallAuthorizer {
  /**
   * Decides one permission. What is the same for all permissions on one bucket (its policy, whether
   * it exists, whether it blocks public access) is read once.
   * @param unlogged for a permission that the call itself does not require: neither logged nor
   * checked for a missing bucket
   * @returns the error of AWS, or undefined if the permission is allowed
   */
  readonly refusal: (permission: RequiredPermission, unlogged?: "unlogged") => Promise<AwsFault | undefined>;
}

interface AuthorizerOptions {
  readonly policies: Pick<BucketPolicies, "get">;
  readonly log: DecisionLog;
  readonly now: () => number;
}

export function createAuthorizer({ policies, log, now }: AuthorizerOptions): Authorizer {
  return {
    forCall: (exchange, requester, contextKeys) => {
      const session = requester.kind === "session" ? requester.session : undefined;
      const caller = session?.arn;
      const decider = cachedByBucket((bucket) => prepare(policies, bucket, requester, contextKeys));
      const head = cachedByBucket((bucket) => headBucket(exchange.moto, bucket).catch(() => undefined));
      const restricted = cachedByBucket((bucket) => restrictsPublicBuckets(exchange.moto, bucket));
      const refusal: CallAuthorizer["refusal"] = async (permission, unlogged) => {
        const decide = decider(permission.bucket ?? "");
        const entry = {
          time: new Date(now()).toISOString(),
          caller: caller ?? "anonymous",
          action: permission.action,
          ...(permission.resource === undefined ? {} : { resource: permission.resource }),
        };
        if (decide instanceof ProjectError) {
          const fault = unreadablePolicy(permission, decide);
          log(
            { ...entry, verdict: "denied", code: fault.code, message: fault.message, policies: [] },
            session,
          );
          return fault;
        }
        const decided = decide(permission);
        const fault =
          decided.decision.verdict === "allowed"
            ? await publicAccessFault(permission, requester, restricted)
            : await deniedOrMissing(
                exchange,
                permission,
                accessDenied(caller, permission, decided),
                unlogged ?? head,
              );
        if (unlogged !== undefined) return fault;
        log(
          {
            ...entry,
            verdict: fault === undefined ? "allowed" : "denied",
            ...(fault === undefined ? {} : { code: fault.code, message: fault.message }),
            policies: decided.reasons,
          },
          session,
        );
        return fault;
      };
      return { refusal };
    },
  };
}

function cachedByBucket<T extends object>(find: (bucket: string) => T): (bucket: string) => T {
  const known = new Map<string, T>();
  return (bucket) => {
    const found = known.get(bucket);
    if (found !== undefined) return found;
    const value = find(bucket);
    known.set(bucket, value);
    return value;
  };
}

/** @param bucket empty for permissions without a bucket */
function prepare(
  policies: AuthorizerOptions["policies"],
  bucket: string,
  requester: Requester,
  contextKeys: ContextKeys,
): DecidePermission | ProjectError {
  const text = bucket === "" ? undefined : policies.get(bucket);
  try {
    return compilePermissions(
      requester,
      contextKeys,
      text === undefined
        ? undefined
        : { name: `bucket ${bucket}`, policy: parsePolicy(text.toString("utf8")) },
    );
  } catch (error) {
    if (error instanceof ProjectError) return error;
    throw error;
  }
}

function unreadablePolicy({ bucket }: RequiredPermission, error: ProjectError): AwsFault {
  const message = `the sandbox cannot parse the policy of bucket ${bucket}: ${error.message}`;
  return { status: 403, code: "AccessDenied", message };
}

/** For a bucket that does not exist, S3 answers NoSuchBucket to every caller. */
async function deniedOrMissing(
  exchange: Exchange,
  { bucket, action }: RequiredPermission,
  denied: AwsFault,
  lookUp: "unlogged" | ((bucket: string) => Promise<BucketHead | undefined>),
): Promise<AwsFault> {
  if (lookUp === "unlogged") return denied;
  if (bucket === undefined || action === "s3:CreateBucket" || exchange.moto.ended() !== undefined)
    return denied;
  const head = await lookUp(bucket);
  if (head?.status === 404) return noSuchBucket(bucket);
  // S3 returns a bucket's region to every caller of HeadBucket (Amazon S3 API Reference,
  // HeadBucket), because clients need it to address the bucket.
  const isHeadBucket = exchange.call.method === "HEAD" && exchange.call.key === undefined;
  return isHeadBucket && head?.region !== undefined
    ? { ...denied, headers: { "x-amz-bucket-region": head.region } }
    : denied;
}

async function publicAccessFault(
  { bucket }: RequiredPermission,
  requester: Requester,
  restricted: (bucket: string) => Promise<boolean>,
): Promise<AwsFault | undefined> {
  if (requester.kind === "session" || bucket === undefined) return undefined;
  if (!(await restricted(bucket))) return undefined;
  return { status: 403, code: "AccessDenied", message: "Access Denied" };
}
