import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { AwsCall } from "../protocol/aws-call";
import type { RequestSignature } from "./credentials";

/**
 * Headers that must be signed and are not: `host` and every `x-amz-*` header ("Create a signed AWS
 * API request", IAM User Guide, "CanonicalHeaders"; also for presigned URLs). Otherwise a header
 * that was added after signing would count as the signer's. In lower case, sorted. `Content-Type`
 * and `Content-MD5` are not checked: the guide asks clients to sign them, and AWS's own presigners
 * do not.
 */
export function unsignedHeaders(
  by: RequestSignature,
  { headers }: Pick<IncomingMessage, "headers">,
): readonly string[] {
  const needed = ["host", ...Object.keys(headers).filter((name) => name.startsWith("x-amz-"))];
  return needed.filter((name) => !by.signedHeaders.includes(name)).sort();
}

/**
 * Whether a request is signed with this secret ("Create a signed AWS API request", IAM User Guide).
 * The path is encoded once for S3 and twice for other services. For a streamed body, the signature
 * covers the declared digest.
 */
export function isSignedWith(secret: string, by: RequestSignature, signed: SignedRequest): boolean {
  const canonical = canonicalRequest(by, signed);
  if (canonical === undefined) return false;
  const scope = `${by.date}/${by.region}/${by.service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", by.timestamp, scope, sha256(canonical)].join("\n");
  return equalsInConstantTime(by.signature, hmac(signingKey(secret, by), text).toString("hex"));
}

/** The key of the last signature: nearly all requests in turn are of one caller, on one day. */
let last: { readonly of: string; readonly key: Buffer } | undefined;

function signingKey(secret: string, { date, region, service }: RequestSignature): Buffer {
  const of = JSON.stringify([secret, date, region, service]);
  if (last?.of === of) return last.key;
  const ofDay = hmac(`AWS4${secret}`, date);
  const key = [region, service, "aws4_request"].reduce(hmac, ofDay);
  last = { of, key };
  return key;
}

function canonicalRequest(
  by: RequestSignature,
  { request, call, bodyHash }: SignedRequest,
): string | undefined {
  const headers: string[] = [];
  for (const name of by.signedHeaders) {
    const value = request.headers[name];
    if (value === undefined) return undefined;
    headers.push(`${name}:${[value].flat().join(",").trim().replace(/ +/g, " ")}\n`);
  }
  const presigned = by.presignedSeconds !== undefined;
  const declared = [request.headers["x-amz-content-sha256"]].flat()[0];
  const payload = by.service === "s3" ? (declared ?? (presigned ? "UNSIGNED-PAYLOAD" : undefined)) : bodyHash;
  if (payload === undefined) return undefined;
  return [
    request.method,
    canonicalPath(call.rawPath, by.service),
    canonicalQuery(call.query),
    headers.join(""),
    by.signedHeaders.join(";"),
    payload,
  ].join("\n");
}

function canonicalPath(rawPath: string, service: string): string | undefined {
  const once = rawPath
    .split("/")
    .map((part) => encode(decodeURIComponent(part)))
    .join("/");
  return service === "s3" ? once : once.replaceAll("%", "%25");
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
}

/** Percent-encodes everything but letters, digits and `-._~` (RFC 3986). */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Compares two texts in constant time. */
export function equalsInConstantTime(given: string | undefined, wanted: string): boolean {
  const [left, right] = [Buffer.from(given ?? ""), Buffer.from(wanted)];
  return given !== undefined && left.length === right.length && timingSafeEqual(left, right);
}

/** A request as it was sent, for verifying its signature. */
export interface SignedRequest {
  readonly request: IncomingMessage;
  readonly call: Pick<AwsCall, "rawPath" | "query" | "bucket" | "hosted">;
  /**
   * SHA-256 of the body in hex. Undefined: the body has not been read, and the declared digest is
   * used.
   */
  readonly bodyHash?: string;
}
