import { createHash, createHmac } from "node:crypto";
import type { SessionKeys } from "./judged";

export interface SignedOptions {
  /** The digest of the body that is declared; by default it is not signed. */
  readonly payload?: string;
  /** Default: `s3`. */
  readonly service?: string;
  /** Default: `us-east-1`. */
  readonly region?: string;
  /** As it stands on the wire, in the order that is signed: sorted by name. */
  readonly query?: string;
}

/**
 * Headers that sign a request ("Create a signed AWS API request").
 * @param path without a query, encoded
 */
export function signedHeaders(
  { accessKeyId, secretAccessKey, sessionToken }: SessionKeys,
  method: string,
  host: string,
  path: string,
  { payload = "UNSIGNED-PAYLOAD", service = "s3", region = "us-east-1", query = "" }: SignedOptions = {},
): Readonly<Record<string, string>> {
  const timestamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const date = timestamp.slice(0, 8);
  const headers = {
    host,
    "x-amz-content-sha256": payload,
    "x-amz-date": timestamp,
    "x-amz-security-token": sessionToken,
  };
  const names = Object.keys(headers).join(";");
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = [method, path, query, lines.join(""), names, payload].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const digest = createHash("sha256").update(canonical).digest("hex");
  let key: Buffer | string = `AWS4${secretAccessKey}`;
  for (const part of [date, region, service, "aws4_request"])
    key = createHmac("sha256", key).update(part).digest();
  const signature = createHmac("sha256", key)
    .update(["AWS4-HMAC-SHA256", timestamp, scope, digest].join("\n"))
    .digest("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}
