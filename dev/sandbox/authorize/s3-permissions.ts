import type { AwsCall } from "../protocol/aws-call";
import type { RequiredPermission } from "./required-permission";
import type { MatchedOperation } from "./s3-operations";

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Additional permissions for headers of a write ("Required permissions for Amazon S3 API
 * operations").
 */
const HEADER_PERMISSIONS: readonly (readonly [header: RegExp, action: string])[] = [
  [/^x-amz-(acl|grant-.*)$/, "s3:PutObjectAcl"],
  [/^x-amz-tagging$/, "s3:PutObjectTagging"],
  [/^x-amz-object-lock-(mode|retain-until-date)$/, "s3:PutObjectRetention"],
  [/^x-amz-object-lock-legal-hold$/, "s3:PutObjectLegalHold"],
  [/^x-amz-bypass-governance-retention$/, "s3:BypassGovernanceRetention"],
];

/**
 * Additional permissions for headers of CreateBucket (Amazon S3 API Reference, CreateBucket,
 * "Permissions"), unless the header has its default value.
 */
const CREATE_BUCKET_PERMISSIONS: readonly (readonly [header: RegExp, action: string, rule?: string])[] = [
  [/^x-amz-acl$/, "s3:PutBucketAcl", "private"],
  [/^x-amz-grant-.*$/, "s3:PutBucketAcl"],
  [/^x-amz-bucket-object-lock-enabled$/, "s3:PutBucketObjectLockConfiguration", "false"],
  [/^x-amz-bucket-object-lock-enabled$/, "s3:PutBucketVersioning", "false"],
  [/^x-amz-object-ownership$/, "s3:PutBucketOwnershipControls"],
];

export function objectArn(bucket: string, key: string): string {
  return `arn:aws:s3:::${bucket}/${key}`;
}

/** All permissions that an operation requires, the target first. @param source of a copy */
export function s3Permissions(
  { operation, parameters }: MatchedOperation,
  { bucket, key }: Pick<AwsCall, "bucket" | "key">,
  headers: Headers,
  source?: CopySource,
): readonly RequiredPermission[] {
  if (bucket === undefined) return [{ action: operation.action, resource: "*" }];
  if (key === undefined) return bucketPermissions(operation, bucket, headers);
  const ofVersion = parameters.some(([name]) => name === "versionId") && operation.versioned !== undefined;
  const resource = objectArn(bucket, key);
  const main = {
    action: ofVersion ? (operation.versioned ?? operation.action) : operation.action,
    resource,
    bucket,
  };
  const writes = ["s3:PutObject", "s3:DeleteObject", "s3:PutObjectRetention"].includes(operation.action);
  const additional = writes
    ? HEADER_PERMISSIONS.filter(([pattern]) => Object.keys(headers).some((name) => pattern.test(name)))
    : [];
  const others = additional.map(([, action]) => ({ action, resource, bucket }));
  return [main, ...others, ...(source === undefined ? [] : [source.permission])];
}

function bucketPermissions(
  { action }: MatchedOperation["operation"],
  bucket: string,
  headers: Headers,
): readonly RequiredPermission[] {
  const resource = `arn:aws:s3:::${bucket}`;
  const creates = action === "s3:CreateBucket";
  const additional = creates
    ? CREATE_BUCKET_PERMISSIONS.filter(([pattern, , rule]) =>
        Object.entries(headers).some(([name, value]) => pattern.test(name) && [value].flat().join() !== rule),
      )
    : [];
  return [action, ...additional.map(([, required]) => required)].map((one) => ({
    action: one,
    resource,
    bucket,
  }));
}

/** The source of a copy. Undefined: the operation writes its body. */
export function copySourceOf(
  operation: MatchedOperation["operation"],
  headers: Headers,
): CopySource | undefined | "unreadable" {
  const text = headers["x-amz-copy-source"];
  if (!takesSource(operation) || text === undefined) return undefined;
  return readCopySource([text].flat().join(",")) ?? "unreadable";
}

function takesSource({ method, on, marks }: MatchedOperation["operation"]): boolean {
  return method === "PUT" && on === "object" && (marks.length === 0 || marks.includes("uploadId"));
}

export interface CopySource {
  readonly bucket: string;
  /** Decoded. */
  readonly key: string;
  /** As in the header. */
  readonly version?: string;
  /** The permission to read the source. */
  readonly permission: RequiredPermission;
  /** The header for moto, rebuilt so that moto cannot parse it differently. */
  readonly header: string;
}

/**
 * `x-amz-copy-source`: `bucket/key`, percent-encoded, with an optional leading slash and an
 * optional `?versionId=…`.
 */
export function readCopySource(text: string): CopySource | undefined {
  const [, path = "", , version] = /^\/?([^?]+)(\?versionId=([^?&]+))?$/.exec(text) ?? [];
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const [, bucket, key] = /^([^/]+)\/(.+)$/s.exec(decoded) ?? [];
  if (bucket === undefined || key === undefined || bucket.startsWith("arn:")) return undefined;
  const header = `${encodeURIComponent(bucket)}/${key.split("/").map(encodeURIComponent).join("/")}`;
  return {
    bucket,
    key,
    ...(version === undefined ? {} : { version }),
    permission: {
      action: version === undefined ? "s3:GetObject" : "s3:GetObjectVersion",
      resource: objectArn(bucket, key),
      bucket,
    },
    header: version === undefined ? header : `${header}?versionId=${version}`,
  };
}
