import fc from "fast-check";
import { unchunk } from "../../../../dev/sandbox/protocol/aws-chunked";
import { checksum } from "../../../../dev/sandbox/protocol/checksum";

function chunk(data: Buffer, extension: string): Buffer {
  return Buffer.concat([
    Buffer.from(`${data.length.toString(16)}${extension}\r\n`),
    data,
    Buffer.from("\r\n"),
  ]);
}

const parts = fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }).map((bytes) => Buffer.from(bytes)));
const extension = fc.constantFrom("", `;chunk-signature=${"0".repeat(64)}`);

describe("aws-chunked", () => {
  test("decoding returns the body and trailers", () => {
    fc.assert(
      fc.property(parts, extension, (pieces, ext) => {
        const end = Buffer.from(`0${ext}\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n`);
        const framed = Buffer.concat([...pieces.map((piece) => chunk(piece, ext)), end]);
        const trailers = { "x-amz-checksum-crc32": "AAAAAA==" };
        expect(unchunk(framed)).toEqual({ body: Buffer.concat(pieces), trailers });
      }),
    );
  });

  test("a truncated body is invalid", () => {
    fc.assert(
      fc.property(parts, extension, fc.nat(), (pieces, ext, cut) => {
        const framed = Buffer.concat([...pieces.map((piece) => chunk(piece, ext)), Buffer.from(`0${ext}`)]);
        expect(unchunk(framed.subarray(0, cut % (framed.length + 1)))).toBeUndefined();
      }),
    );
  });

  test.each(["", "hello", "5\r\nhelloXX0\r\n\r\n", "-1\r\n\r\n", "5\r\nhell\r\n0\r\n\r\n", "g\r\n"])(
    "%j is invalid",
    (text) => {
      expect(unchunk(Buffer.from(text))).toBeUndefined();
    },
  );
});

describe("checksums of 123456789, the check values of the CRC catalogue", () => {
  test.each([
    ["crc32", "cbf43926"],
    ["crc32c", "e3069283"],
    ["crc64nvme", "ae8b14860a799888"],
    ["sha1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441"],
    ["sha256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"],
  ])("%s", (algorithm, hex) => {
    expect(checksum(algorithm, Buffer.from("123456789"))).toBe(Buffer.from(hex, "hex").toString("base64"));
  });

  test("an algorithm that S3 does not support", () => {
    expect(checksum("md4", Buffer.alloc(0))).toBeUndefined();
  });
});
