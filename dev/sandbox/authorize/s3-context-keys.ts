import type { KeyState } from "../../../lib/iam/evaluate/request";
import type { AwsCall } from "../protocol/aws-call";
import { ABSENT, type ContextKeys } from "./context-keys";

/** Headers that are condition keys of the same name. */
const HEADERS = [
  ...["x-amz-acl", "x-amz-content-sha256", "x-amz-copy-source", "x-amz-metadata-directive"],
  ...[
    "x-amz-grant-full-control",
    "x-amz-grant-read",
    "x-amz-grant-read-acp",
    "x-amz-grant-write",
    "x-amz-grant-write-acp",
  ],
  ...["x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id"],
  ...["x-amz-server-side-encryption-customer-algorithm", "x-amz-storage-class"],
  ...["x-amz-website-redirect-location", "x-amz-object-ownership"],
];

interface S3Request {
  readonly call: Pick<AwsCall, "query">;
  /** Account that owns the buckets: 12 digits. */
  readonly account: string;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly presigned: boolean;
  /** Age of the signature in milliseconds. Undefined: the request is not signed. */
  readonly signatureAge?: number;
}

/**
 * S3's condition keys for a call (Service Authorization Reference, "Condition keys for Amazon S3").
 * Keys that depend on stored objects, such as `s3:ExistingObjectTag`, stay open.
 */
export function s3ContextKeys({ call, account, headers, presigned, signatureAge }: S3Request): ContextKeys {
  const { query } = call;
  const fromQuery = (name: string): string | KeyState => query.get(name) ?? ABSENT;
  const fromHeader = (name: string): string | KeyState => [headers[name]].flat()[0] ?? ABSENT;
  const signed = signatureAge !== undefined;
  return [
    ["s3:prefix", fromQuery("prefix")],
    ["s3:delimiter", fromQuery("delimiter")],
    ["s3:max-keys", fromQuery("max-keys")],
    ["s3:VersionId", fromQuery("versionId")],
    ["s3:if-match", fromHeader("if-match")],
    ["s3:if-none-match", fromHeader("if-none-match")],
    ["s3:authType", signed ? (presigned ? "REST-QUERY-STRING" : "REST-HEADER") : ABSENT],
    ["s3:signatureversion", signed ? "AWS4-HMAC-SHA256" : ABSENT],
    ["s3:signatureAge", signed ? String(Math.max(0, Math.round(signatureAge))) : ABSENT],
    ["s3:TlsVersion", "1.3"],
    ["s3:ResourceAccount", account],
    ["aws:ResourceAccount", account],
    ["s3:DataAccessPointArn", ABSENT],
    ["s3:DataAccessPointAccount", ABSENT],
    ["s3:AccessPointNetworkOrigin", ABSENT],
    ...HEADERS.map((name) => [`s3:${name}`, fromHeader(name)] as const),
    ...requestTags([headers["x-amz-tagging"]].flat()[0]),
  ];
}

function requestTags(tagging: string | undefined): ContextKeys {
  if (tagging === undefined) return [["s3:RequestObjectTagKeys", ABSENT]];
  const tags = [...new URLSearchParams(tagging)];
  return [
    ["s3:RequestObjectTagKeys", tags.map(([key]) => key)],
    ...tags.map(([key, value]) => [`s3:RequestObjectTag/${key}`, value] as const),
  ];
}
