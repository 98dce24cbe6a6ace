import { createHash } from "node:crypto";

/** Reflected polynomials and widths of the CRCs that S3 supports. */
const CRC: Readonly<Record<string, { readonly bits: bigint; readonly polynomial: bigint }>> = {
  crc32: { bits: 32n, polynomial: 0xedb88320n },
  crc32c: { bits: 32n, polynomial: 0x82f63b78n },
  crc64nvme: { bits: 64n, polynomial: 0x9a6c9329ac4bc9b5n },
};

/**
 * The checksum of a small body in base64, as in the `x-amz-checksum-<algorithm>` headers.
 * Undefined: S3 does not support the algorithm.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function checksum(algorithm: string, body: Buffer): string | undefined {
  if (algorithm === "sha1" || algorithm === "sha256")
    return createHash(algorithm).update(body).digest("base64");
  const crc = CRC[algorithm];
  if (crc === undefined) return undefined;
  const ones = (1n << crc.bits) - 1n;
  let value = ones;
  for (const byte of body) {
    value ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ crc.polynomial : value >> 1n;
  }
  const hex = (value ^ ones).toString(16).padStart(Number(crc.bits) / 4, "0");
  return Buffer.from(hex, "hex").toString("base64");
}
