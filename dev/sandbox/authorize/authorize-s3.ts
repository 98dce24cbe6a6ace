import type { AwsFault } from "../protocol/aws-fault";
import type { Exchange, Rewritten } from "../protocol/exchange";
import type { Authorizer, CallAuthorizer } from "./authorizer";
import type { ContextKeys } from "./context-keys";
import type { Requester } from "./decide-permission";
import { deleteObjects } from "./delete-objects";
import { unsupportedCall } from "./denial";
import type { RequiredPermission } from "./required-permission";
import { rewriteS3 } from "./rewrite";
import { copiedTagPermissions } from "./s3-copy-tags";
import { findOperation, type MatchedOperation } from "./s3-operations";
import { copySourceOf, s3Permissions } from "./s3-permissions";

/** The error to respond with, the exchange to forward, or `answered`. */
export type Authorized = AwsFault | Exchange | "answered";

/** Authorizes an S3 call of a role session or of an anonymous caller. */
export async function authorizeS3(
  exchange: Exchange,
  requester: Requester,
  contextKeys: ContextKeys,
  authorizer: Authorizer,
): Promise<Authorized> {
  const { call, request } = exchange;
  const { bucket, key, method, query } = call;
  const { refusal } = authorizer.forCall(exchange, requester, contextKeys);
  if (isDeleteObjects(exchange) && bucket !== undefined)
    return (await deleteObjects(exchange, bucket, refusal)) ?? "answered";
  const on = bucket === undefined ? "service" : key === undefined ? "bucket" : "object";
  const matched = findOperation(method, on, query);
  const source = matched === undefined ? undefined : copySourceOf(matched.operation, request.headers);
  if (matched === undefined || source === "unreadable") {
    const caller = requester.kind === "session" ? requester.session.arn : undefined;
    const rest = matched === undefined ? queryNames(query) : " with its copy source";
    return unsupportedCall(caller, `${method} ${call.path}${rest}`);
  }
  const fault =
    (await firstRefusal(s3Permissions(matched, call, request.headers, source), refusal)) ??
    // A part of a multipart upload has no tags.
    (source === undefined || matched.operation.marks.length > 0
      ? undefined
      : await firstRefusal(await copiedTagPermissions(exchange, source), refusal));
  if (fault !== undefined) return fault;
  const readBucket = source?.bucket ?? bucketRead(exchange, matched);
  return rewriteS3(exchange, matched, hideMissingObject(readBucket, refusal));
}

async function firstRefusal(
  permissions: readonly RequiredPermission[],
  refusal: CallAuthorizer["refusal"],
): Promise<AwsFault | undefined> {
  for (const permission of permissions) {
    const fault = await refusal(permission);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isDeleteObjects({ call: { method, bucket, key, query } }: Exchange): boolean {
  const names = [...query.keys()].filter((name) => !/^x-(id|amz-.*)$/i.test(name));
  return method === "POST" && bucket !== undefined && key === undefined && names.join() === "delete";
}

function queryNames(query: URLSearchParams): string {
  const names = [...query.keys()];
  return names.length === 0 ? "" : `?${names.join("&")}`;
}

/** The bucket of the object that an operation reads. */
function bucketRead({ call: { bucket } }: Exchange, { operation }: MatchedOperation): string | undefined {
  return operation.on === "object" && operation.action === "s3:GetObject" ? bucket : undefined;
}

/**
 * A caller without `s3:ListBucket` gets 403 for an object that does not exist, not 404 (Amazon S3
 * API Reference, GetObject, "Permissions").
 */
function hideMissingObject(
  bucket: string | undefined,
  refusal: CallAuthorizer["refusal"],
): Rewritten["replaceResponse"] {
  if (bucket === undefined) return undefined;
  const list = { action: "s3:ListBucket", resource: `arn:aws:s3:::${bucket}`, bucket };
  return (status) => (status === 404 ? refusal(list, "unlogged") : undefined);
}
