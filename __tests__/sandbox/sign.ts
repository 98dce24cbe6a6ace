import { createHash, createHmac } from "node:crypto";
import type { SessionKeys } from "./judged";

/**
 * Headers that sign a request to S3 ("Create a signed AWS API request").
 * @param path without a query, encoded
 * @param payload the digest of the body that is declared; by default it is not signed
 */
export function signedHeaders(
  { accessKeyId, secretAccessKey, sessionToken }: SessionKeys,
  method: string,
  host: string,
  path: string,
  payload = "UNSIGNED-PAYLOAD",
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
  const canonical = [method, path, "", lines.join(""), names, payload].join("\n");
  const scope = `${date}/us-east-1/s3/aws4_request`;
  const digest = createHash("sha256").update(canonical).digest("hex");
  let key: Buffer | string = `AWS4${secretAccessKey}`;
  for (const part of [date, "us-east-1", "s3", "aws4_request"])
    key = createHmac("sha256", key).update(part).digest();
  const signature = createHmac("sha256", key)
    .update(["AWS4-HMAC-SHA256", timestamp, scope, digest].join("\n"))
    .digest("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}
