/** A range of addresses: all that begin with the first `length` bits of `address`. */
interface IpRange {
  /** Bits of an address: 32 or 128. IPv4 and IPv6 are never in each other's ranges. */
  readonly width: 32 | 128;
  readonly address: bigint;
  readonly length: number;
}

/**
 * CIDR notation (RFC 4632), or one address ("IP address condition operators"). Undefined: the text
 * is neither.
 */
export function parseIpRange(text: string): IpRange | undefined {
  const [, address = "", length] = /^([0-9A-Fa-f.:]{2,45})(?:\/([0-9]{1,3}))?$/.exec(text) ?? [];
  const width = address.includes(":") ? 128 : 32;
  const bits = width === 128 ? parseIPv6(address) : parseIPv4(address);
  const taken = length === undefined ? width : Number(length);
  return bits === undefined || taken > width ? undefined : { width, address: bits, length: taken };
}

/** Whether all addresses of the one are in the other. */
export function isInRange(one: IpRange, range: IpRange): boolean {
  if (one.width !== range.width || one.length < range.length) return false;
  const rest = BigInt(range.width - range.length);
  return one.address >> rest === range.address >> rest;
}

function parseIPv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (
    parts.length !== 4 ||
    !parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256)
  ) {
    return undefined;
  }
  return parts.reduce((bits, part) => bits * 256n + BigInt(part), 0n);
}

function parseIPv6(text: string): bigint | undefined {
  const tail = /^(.*:)([0-9.]+\.[0-9.]+)$/.exec(text);
  const embedded = tail === null ? undefined : parseIPv4(tail[2] ?? "");
  if (tail !== null && embedded === undefined) return undefined;
  const whole =
    embedded === undefined
      ? text
      : `${tail?.[1]}${(embedded >> 16n).toString(16)}:${(embedded & 0xffffn).toString(16)}`;
  const halves = whole.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], end = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - end.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(halves.length === 1 ? 0 : missing).fill("0"), ...end];
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  return groups.reduce((bits, group) => bits * 65_536n + BigInt(`0x${group}`), 0n);
}
