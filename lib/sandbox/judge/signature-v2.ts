import { createHmac } from "node:crypto";
import type { SignedBy } from "./credentials";
import { isSameText } from "./same-text";
import type { SignedRequest } from "./signed-request";

/** Parameters that belong to what is signed (Amazon S3 User Guide, "Constructing the CanonicalizedResource element"). */
const SIGNED_PARAMETERS = new Set([
  ...["acl", "cors", "delete", "lifecycle", "location", "logging", "notification", "partNumber", "policy"],
  ...[
    "requestPayment",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
    "website",
  ],
  ...[
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-type",
    "expires",
  ].map((name) => `response-${name}`),
]);

/** Whether a presigned URL is signed with this secret by Signature Version 2. */
export function isSignedWithVersion2(secret: string, by: SignedBy, signed: SignedRequest): boolean {
  const { request } = signed;
  const { rawPath, query, bucket, hosted } = signed.call;
  const one = (name: string): string => [request.headers[name]].flat()[0] ?? "";
  const amz = new Map(
    Object.entries(request.headers)
      .filter(([name]) => name.startsWith("x-amz-"))
      .map(([name, value]) => [name, [value].flat().join(",").trim()]),
  );
  if (by.sessionToken !== undefined) amz.set("x-amz-security-token", by.sessionToken);
  const headers = [...amz].sort(([left], [right]) => (left < right ? -1 : 1));
  const parameters = [...query].filter(([name]) => SIGNED_PARAMETERS.has(name)).sort();
  const named = parameters.map(([name, value]) => (value === "" ? name : `${name}=${value}`)).join("&");
  const path = hosted ? `/${bucket}${rawPath}` : rawPath;
  const text = [
    request.method ?? "",
    one("content-md5"),
    one("content-type"),
    String(by.version2Expires),
    ...headers.map(([name, value]) => `${name}:${value}`),
    named === "" ? path : `${path}?${named}`,
  ].join("\n");
  return isSameText(by.signature, createHmac("sha1", secret).update(text).digest("base64"));
}
