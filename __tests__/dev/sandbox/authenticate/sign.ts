import { createHash, createHmac } from "node:crypto";
import type { SessionKeys } from "../test-sandbox";

export interface SignedOptions {
  /** The declared digest of the body. Default: unsigned. */
  readonly payload?: string;
  /** Default: `s3`. */
  readonly service?: string;
  /** Default: `us-east-1`. */
  readonly region?: string;
  /** As it is sent, sorted by name. */
  readonly query?: string;
  /** More headers to sign, in lower case. */
  readonly more?: Readonly<Record<string, string>>;
  /** Whether a header is signed. Default: all are. */
  readonly signs?: (name: string) => boolean;
}

/**
 * Headers of a signed request ("Create a signed AWS API request").
 * @param path without query, encoded
 */
export function signedHeaders(
  { accessKeyId, secretAccessKey, sessionToken }: SessionKeys,
  method: string,
  host: string,
  path: string,
  {
    payload = "UNSIGNED-PAYLOAD",
    service = "s3",
    region = "us-east-1",
    query = "",
    more = {},
    signs = () => true,
  }: SignedOptions = {},
): Readonly<Record<string, string>> {
  const timestamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const date = timestamp.slice(0, 8);
  const headers = {
    host,
    "x-amz-content-sha256": payload,
    "x-amz-date": timestamp,
    "x-amz-security-token": sessionToken,
    ...more,
  };
  const signed = Object.entries(headers)
    .filter(([name]) => signs(name))
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const names = signed.map(([name]) => name).join(";");
  const lines = signed.map(([name, value]) => `${name}:${value}\n`);
  const canonical = [method, path, query, lines.join(""), names, payload].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const signature = signatureOf(secretAccessKey, timestamp, scope, canonical);
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}

/**
 * Path and query of a presigned URL that is valid for ten minutes ("Authenticating requests: using
 * query parameters", Amazon S3 API Reference).
 * @param path without query, encoded
 * @param signed more headers to sign, in lower case
 */
export function presignedPath(
  { accessKeyId, secretAccessKey, sessionToken }: SessionKeys,
  method: string,
  host: string,
  path: string,
  signed: Readonly<Record<string, string>> = { host },
): string {
  const timestamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${timestamp.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const headers = Object.entries(signed).sort(([left], [right]) => (left < right ? -1 : 1));
  const names = headers.map(([name]) => name).join(";");
  const query = [
    ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
    ["X-Amz-Credential", `${accessKeyId}/${scope}`],
    ["X-Amz-Date", timestamp],
    ["X-Amz-Expires", "600"],
    ["X-Amz-Security-Token", sessionToken],
    ["X-Amz-SignedHeaders", names],
  ]
    .map(([name = "", value = ""]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  const lines = headers.map(([name, value]) => `${name}:${value}\n`);
  const canonical = [method, path, query, lines.join(""), names, "UNSIGNED-PAYLOAD"].join("\n");
  return `${path}?${query}&X-Amz-Signature=${signatureOf(secretAccessKey, timestamp, scope, canonical)}`;
}

function signatureOf(secret: string, timestamp: string, scope: string, canonical: string): string {
  const digest = createHash("sha256").update(canonical).digest("hex");
  const key = scope
    .split("/")
    .reduce<Buffer | string>((one, part) => createHmac("sha256", one).update(part).digest(), `AWS4${secret}`);
  return createHmac("sha256", key)
    .update(["AWS4-HMAC-SHA256", timestamp, scope, digest].join("\n"))
    .digest("hex");
}
