import { createHash } from "node:crypto";
import { header } from "../http/headers";
import { type Unchunked, unchunk } from "./aws-chunked";
import { type AwsFault, SHA256_MISMATCH } from "./aws-fault";
import { checksum } from "./checksum";
import type { Exchange } from "./exchange";

const CHECKSUM_HEADER = /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/;

/**
 * Reads the whole body of a request, decodes `aws-chunked` framing, and verifies every digest that
 * the client sent.
 * @param limit in bytes as sent. A longer body is read to its end and discarded, and the result is
 * `tooLarge`
 */
export async function readSmallBody(
  exchange: Exchange,
  limit: number,
): Promise<Buffer | "tooLarge" | AwsFault> {
  const wire = await readUpTo(exchange, limit);
  if (wire === undefined) return "tooLarge";
  const { request } = exchange;
  const declared = header(request, "x-amz-content-sha256") ?? "";
  const framed = /(^|,)\s*aws-chunked\s*(,|$)/i.test(header(request, "content-encoding") ?? "");
  if (!framed && !declared.startsWith("STREAMING-")) {
    if (/^[0-9a-f]{64}$/.test(declared) && declared !== hex("sha256", wire)) return SHA256_MISMATCH;
    return digestFault(exchange, { body: wire, trailers: {} }) ?? wire;
  }
  const unchunked = unchunk(wire);
  if (unchunked === undefined) return INCOMPLETE;
  const length = header(request, "x-amz-decoded-content-length");
  if (length !== undefined && Number(length) !== unchunked.body.length) return INCOMPLETE;
  return digestFault(exchange, unchunked) ?? unchunked.body;
}

async function readUpTo(
  { request, response, expectsContinue }: Exchange,
  limit: number,
): Promise<Buffer | undefined> {
  if (expectsContinue) response.writeContinue();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size <= limit) parts.push(part);
  }
  return size <= limit ? Buffer.concat(parts) : undefined;
}

function digestFault({ request }: Exchange, { body, trailers }: Unchunked): AwsFault | undefined {
  const md5 = header(request, "content-md5");
  if (md5 !== undefined) {
    if (!/^[A-Za-z0-9+/]{22}==$/.test(md5)) return INVALID_MD5;
    if (Buffer.from(md5, "base64").toString("hex") !== hex("md5", body)) return badDigest("Content-MD5");
  }
  const sent: Iterable<[string, unknown]> = [...Object.entries(request.headers), ...Object.entries(trailers)];
  for (const [name, value] of sent) {
    const algorithm = CHECKSUM_HEADER.exec(name)?.[1];
    if (algorithm !== undefined && checksum(algorithm, body) !== value) return badDigest(name);
  }
  return undefined;
}

function hex(algorithm: "md5" | "sha256", body: Buffer): string {
  return createHash(algorithm).update(body).digest("hex");
}

function badDigest(name: string): AwsFault {
  const message = `The ${name} you specified did not match what we received.`;
  return { status: 400, code: "BadDigest", message };
}

const INVALID_MD5: AwsFault = {
  status: 400,
  code: "InvalidDigest",
  message: "The Content-MD5 you specified was invalid.",
};
const INCOMPLETE: AwsFault = {
  status: 400,
  code: "IncompleteBody",
  message: "The request body terminated unexpectedly or its chunks are malformed.",
};
