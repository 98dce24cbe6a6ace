/**
 * A zip archive with one uncompressed file in it (PKWARE's APPNOTE: local header, data, central
 * directory, end).
 */
export function zipOf(name: string, content: string): Buffer {
  const data = Buffer.from(content);
  const entry = Buffer.concat([
    u16(20, 0, 0, 0, 0x21),
    u32(crc32(data), data.length, data.length),
    u16(Buffer.byteLength(name)),
  ]);
  const local = Buffer.concat([u32(0x04034b50), entry, u16(0), Buffer.from(name), data]);
  const attributes = Buffer.concat([u16(0, 0, 0, 0), u32((0o100755 << 16) >>> 0, 0)]);
  const central = Buffer.concat([
    u32(0x02014b50),
    u16(0x0314),
    entry,
    u16(0),
    attributes.subarray(2),
    Buffer.from(name),
  ]);
  return Buffer.concat([
    local,
    central,
    u32(0x06054b50),
    u16(0, 0, 1, 1),
    u32(central.length, local.length),
    u16(0),
  ]);
}

function u16(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 2);
  for (const [index, number] of numbers.entries()) bytes.writeUInt16LE(number, index * 2);
  return bytes;
}

function u32(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number, index * 4);
  return bytes;
}

function crc32(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
